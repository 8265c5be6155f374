/// A value of a document or of an option that lies outside its range.
package struct ValueProblem: Error, Sendable, Equatable {
  /// Where it stands, as in JSON: "configuration.epochs", "normalization.std[0]".
  package var key: String
  /// As in "expected 1 to 4096".
  package var expected: String
  /// As in "got 5000".
  package var got: String

  /// The texts are printed as given: "expected …, got …".
  package init(_ key: String, expected: String, got: String) {
    self.key = key
    self.expected = expected
    self.got = got
  }

  /// The same, told from the document that holds the one it was found in.
  package func inside(_ key: String) -> ValueProblem {
    ValueProblem("\(key).\(self.key)", expected: expected, got: got)
  }

  /// Runs a check of a part of a document, and tells what it finds from the document.
  package static func inside(
    _ key: String, _ check: () throws(ValueProblem) -> Void
  ) throws(ValueProblem) {
    do { try check() } catch { throw error.inside(key) }
  }
}

/// Checks of single values, told by their keys.
package enum ValueCheck {
  /// More of anything (epochs, images, samples) is a damaged file: sums and products of such counts fit an `Int`.
  package static let largestCount = 1_000_000_000

  /// A whole number in a range.
  package static func whole(
    _ key: @autoclosure () -> String, _ value: Int, _ range: ClosedRange<Int>
  ) throws(ValueProblem) {
    guard !range.contains(value) else { return }
    let isCount = range.upperBound == largestCount
    throw ValueProblem(
      key(),
      expected: isCount
        ? "at least \(range.lowerBound), at most \(range.upperBound)"
        : "\(range.lowerBound) to \(range.upperBound)", got: "\(value)")
  }

  /// A number in a range, finite as its ends are.
  /// - Parameter expected: the range in words, where its ends would not tell it.
  package static func number(
    _ key: @autoclosure () -> String, _ value: Double, _ range: ClosedRange<Double>,
    expected: @autoclosure () -> String? = nil
  ) throws(ValueProblem) {
    guard !range.contains(value) else { return }
    throw ValueProblem(
      key(), expected: expected() ?? "\(short(range.lowerBound)) to \(short(range.upperBound))",
      got: "\(value)")
  }

  /// One value an item of something else: a class, an exit, a channel.
  package static func count(
    _ key: @autoclosure () -> String, _ count: Int, _ expected: Int, of what: String
  ) throws(ValueProblem) {
    guard count != expected else { return }
    throw ValueProblem(key(), expected: "\(expected) \(what)", got: "\(count)")
  }

  /// The same as its twin elsewhere in the document.
  package static func same<Value: Equatable>(
    _ key: @autoclosure () -> String, _ value: Value, as other: Value, _ twin: String
  ) throws(ValueProblem) {
    guard value != other else { return }
    throw ValueProblem(key(), expected: "\(other), as \(twin) has it", got: "\(value)")
  }

  /// 1.0 is "1".
  private static func short(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
