/// What exits cost. Where multiply–accumulates are not known of every exit, an exit's number stands for its cost when
/// settings are compared, and no cost is printed.
struct ExitCosts: Sendable {
  /// Multiply–accumulates from the input to each exit's answer; nil where one is unknown.
  let macs: [Double]?
  private let weights: [Double]

  init(_ macs: [Double]) {
    self.macs = macs.allSatisfy { $0 > 0 } ? macs : nil
    weights = self.macs ?? macs.indices.map { Double($0 + 1) }
  }

  var full: Double { weights[weights.count - 1] }

  /// Of all samples together.
  /// - Parameter counts: per exit, the samples that leave there.
  func total(_ counts: [Int]) -> Double {
    zip(counts, weights).reduce(0) { $0 + Double($1.0) * $1.1 }
  }

  /// nil where unknown.
  func mean(_ counts: [Int]) -> Double? {
    macs == nil ? nil : total(counts) / Double(counts.reduce(0, +))
  }
}
