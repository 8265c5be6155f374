import FileKit
import TensorCore

extension NetworkConfiguration {
  /// As images may be (`DatasetOptions.size`).
  private static let largestSide = 4096
  /// Seventeen times the paper's: the widest five blocks have 2.4·10⁹ weights.
  private static let widest = 8192

  /// Refuses a shape that no network can have, and numbers of which sizes in memory could not be computed.
  package func validate() throws(ValueProblem) {
    try Self.validate(widths: widths)
    guard channels == 1 || channels == 3 else {
      throw ValueProblem("channels", expected: "1 (grey) or 3 (colour)", got: "\(channels)")
    }
    try ValueCheck.whole("classes", classes, 2...1_000_000)
    // Every block but the last halves the image.
    let smallest = 1 << (widths.count - 1)
    guard (smallest...Self.largestSide).contains(input.height),
      (smallest...Self.largestSide).contains(input.width)
    else {
      throw ValueProblem(
        "input",
        expected:
          "\(smallest)×\(smallest) to \(Self.largestSide)×\(Self.largestSide) for \(widths.count) blocks",
        got: "\(input)")
    }
  }

  /// Refuses channels of blocks that no network can have.
  package static func validate(widths: [Int]) throws(ValueProblem) {
    guard (2...13).contains(widths.count) else {
      throw ValueProblem("widths", expected: "2 to 13 blocks", got: "\(widths.count)")
    }
    for (index, width) in widths.enumerated() {
      try ValueCheck.whole("widths[\(index)]", width, 1...widest)
    }
  }
}
