import Analysis

extension Measure {
  /// A value as pages print it.
  func text(_ value: Double?) -> String { style.text(value) }
}
