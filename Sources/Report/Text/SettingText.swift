import Analysis

/// Settings of policies as a page prints them.
enum SettingText {
  /// "0.8124", "2", "none early".
  static func one(_ setting: Double, _ policy: ExitPolicy) -> String {
    guard setting.isFinite else { return "none early" }
    return policy == .patience
      ? String(Int(setting)) : NumberFormat.fixed(setting, 4)
  }

  /// Of several runs, the smallest and the largest.
  static func several(_ settings: [Double], _ policy: ExitPolicy) -> String {
    guard let low = settings.min(), let high = settings.max() else { return NumberFormat.missing }
    return low == high
      ? one(low, policy) : "\(one(low, policy)) to \(one(high, policy))"
  }

  /// "at most 1 percentage point below the final exit’s accuracy".
  static func target(_ target: ThresholdTarget) -> String {
    switch target {
    case .accuracy(let share):
      return "an accuracy of at least \(number(100 * share))\u{A0}%"
    case .belowFinal(let drop):
      let points = number(100 * drop)
      return
        "an accuracy at most \(points) percentage point\(points == "1" ? "" : "s") below the final exit’s"
    case .budget(let share):
      return "a mean cost of at most \(number(100 * share))\u{A0}% of the final exit’s"
    }
  }

  /// At most two decimals.
  private static func number(_ value: Double) -> String {
    var text = NumberFormat.fixed(value, 2)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
