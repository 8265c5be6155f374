import Analysis

extension Estimate {
  /// Whether the interval lies on one side of 0.
  var excludesZero: Bool {
    guard let low, let high else { return false }
    return low > 0 || high < 0
  }
}
