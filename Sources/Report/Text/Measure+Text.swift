import Analysis

/// A measure's values as pages print them.
extension Measure {
  func text(_ value: Double?) -> String {
    switch format {
    case .decimals(let decimals): NumberFormat.fixed(value, decimals)
    case .signed(let decimals): NumberFormat.signed(value, decimals)
    case .percent: NumberFormat.percent(value)
    }
  }

  /// A difference of two.
  func differenceText(_ value: Double?) -> String {
    switch format {
    case .decimals(let decimals), .signed(let decimals): NumberFormat.signed(value, decimals)
    case .percent: NumberFormat.points(value)
    }
  }

  /// A standard deviation: without a sign.
  func deviationText(_ value: Double?) -> String {
    switch format {
    case .decimals(let decimals), .signed(let decimals): NumberFormat.fixed(value, decimals)
    case .percent: NumberFormat.percent(value)
    }
  }
}
