/// One number a sample, undefined for some: as an array of optionals, in half of its memory. An audit keeps dozens of
/// them for each exit of each recording.
package struct Column: RandomAccessCollection, Sendable, Equatable {
  /// NaN where undefined; no measure has it for a value.
  private var values: [Double] = []

  package init() {}

  /// - Parameter values: finite, or nil.
  package init(_ values: some Sequence<Double?>) {
    self.values = values.map(Self.stored)
  }

  package init(repeating value: Double?, count: Int) {
    values = [Double](repeating: Self.stored(value), count: count)
  }

  /// left − right, defined where both are.
  package init(
    difference left: some Sequence<Double?>, _ right: some Sequence<Double?>
  ) {
    self.init(
      zip(left, right).lazy.map { left, right in
        guard let left, let right else { return nil }
        return left - right
      })
  }

  private static func stored(_ value: Double?) -> Double {
    guard let value else { return .nan }
    precondition(!value.isNaN, "a number that is undefined is nil")
    return value
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { values.count }

  package subscript(sample: Int) -> Double? {
    get { values[sample].isNaN ? nil : values[sample] }
    set { values[sample] = Self.stored(newValue) }
  }

  package mutating func append(_ value: Double?) { values.append(Self.stored(value)) }

  /// Takes in the samples that follow.
  package static func += (column: inout Column, next: Column) { column.values += next.values }

  /// Makes room for so many samples, and no more.
  package mutating func reserveCapacity(_ count: Int) { values.reserveCapacity(count) }

  package static func == (first: Column, second: Column) -> Bool { first.elementsEqual(second) }
}

extension Column: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Double?...) { self.init(elements) }
}

extension Sequence where Element == Double? {
  /// The mean of the values that are there; nil where none is.
  var definedMean: Double? {
    var sum = 0.0
    var count = 0
    for case let value? in self {
      sum += value
      count += 1
    }
    return count == 0 ? nil : sum / Double(count)
  }
}
