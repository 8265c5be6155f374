import Glibc

/// From data values to positions along an axis, and the values worth a tick.
struct AxisScale: Sendable, Equatable {
  enum Kind: Sendable {
    case linear
    case logarithmic
  }

  var kind: Kind
  /// Data values at the two ends, low < high; above 0 on a logarithmic axis.
  var low: Double
  var high: Double
  /// Positions of the two ends.
  var start: Double
  var end: Double
  /// Between ticks, where the axis was widened to end at some.
  private var step: Double?

  /// Ends that no arithmetic of an axis could tell apart, or that overflow, are moved a little, so that any finite
  /// numbers of a recording have an axis.
  init(_ kind: Kind = .linear, low: Double, high: Double, start: Double, end: Double) {
    precondition(
      low <= high && (kind == .linear || low > 0),
      "an axis runs from low to a higher value, got \(low) and \(high)")
    self.kind = kind
    (self.low, self.high) = Self.apart(low, high)
    self.start = start
    self.end = end
  }

  private static let largest = 1e300
  /// Of the larger end, in which ticks still differ.
  private static let smallestSpan = 1e-9

  private static func apart(_ low: Double, _ high: Double) -> (Double, Double) {
    let (low, high) = (max(-largest, min(low, largest)), max(-largest, min(high, largest)))
    let span = max(smallestSpan * max(low.magnitude, high.magnitude), 1 / largest)
    return high - low >= span ? (low, high) : (low, low + span)
  }

  /// Values outside the axis take its nearer end.
  func position(of value: Double) -> Double {
    let fraction =
      switch kind {
      case .linear: (value - low) / (high - low)
      case .logarithmic: log(max(value, low) / low) / log(high / low)
      }
    return start + min(1, max(0, fraction)) * (end - start)
  }

  /// The same axis between ends that are ticks.
  func widenedToTicks(count: Int) -> AxisScale {
    guard kind == .linear else { return self }
    let step = Self.niceStep(span: high - low, count: count)
    var scale = self
    scale.low = (low / step + 1e-9).rounded(.down) * step
    scale.high = (high / step - 1e-9).rounded(.up) * step
    scale.step = step
    return scale
  }

  /// About so many ticks: multiples of 1, 2 or 5 times a power of ten, each with its label.
  func ticks(count: Int) -> [(value: Double, label: String)] {
    kind == .linear ? linearTicks(count: count) : logarithmicTicks(count: count)
  }

  private func linearTicks(count: Int) -> [(value: Double, label: String)] {
    let step = step ?? Self.niceStep(span: high - low, count: count)
    let decimals = max(0, -Int((log10(step) + 1e-9).rounded(.down)))
    let first = Int((low / step - 1e-9).rounded(.up))
    let last = Int((high / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { index in
      let value = Double(index) * step
      return (value, NumberText.fixed(value, decimals: decimals))
    }
  }

  /// Ticks of a linear axis at whole numbers only.
  func integerTicks(count: Int) -> [(value: Double, label: String)] {
    let step = max(1, Self.niceStep(span: high - low, count: count))
    let first = Int((low / step - 1e-9).rounded(.up))
    let last = Int((high / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map {
      (Double($0) * step, NumberText.fixed(Double($0) * step, decimals: 0))
    }
  }

  /// Powers of ten; with 2 and 5 between them where there is room.
  private func logarithmicTicks(count: Int) -> [(value: Double, label: String)] {
    let first = Int(log10(low).rounded(.down))
    let last = Int(log10(high).rounded(.up))
    var all: [(digit: Double, power: Int, value: Double)] = []
    for power in first...last {
      for digit in [1.0, 2, 5] {
        let value = digit * pow(10, Double(power))
        let isInside = value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)
        if isInside { all.append((digit, power, value)) }
      }
    }
    let decades = all.filter { $0.digit == 1 }
    let chosen = all.count <= 2 * count || decades.count < 2 ? all : decades
    return chosen.map { ($0.value, NumberText.fixed($0.value, decimals: max(0, -$0.power))) }
  }

  /// 1, 2 or 5 times a power of ten, so that the span has about so many steps.
  private static func niceStep(span: Double, count: Int) -> Double {
    let raw = span / Double(max(1, count))
    let power = pow(10, log10(raw).rounded(.down))
    let digit = raw / power
    return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10)
  }
}
