import FileKit
import TensorCore

extension RecordingManifest {
  /// Checks the range of every number of a description that was read, before anything of such a size is computed or
  /// allocated. Generous: what an analysis can work with passes. How values fit each other and the tensors is checked
  /// by `Recording.validate(at:)`, and times by `MeasuredLatency.validate(exitCount:at:)`.
  ///
  /// Losses may be any numbers, NaN included: a diverged run's history holds them.
  func validateRanges() throws(ValueProblem) {
    let sides = 1...Self.largestSide
    try ValueCheck.whole("input[0]", input.height, sides)
    try ValueCheck.whole("input[1]", input.width, sides)
    guard (2...1000).contains(exits.count) else {
      throw ValueProblem(
        "exits", expected: "an early exit and a final one, at most 1000", got: "\(exits.count)")
    }
    for (index, exit) in exits.enumerated() {
      try ValueCheck.whole("exits[\(index)].grid[0]", exit.grid.height, sides)
      try ValueCheck.whole("exits[\(index)].grid[1]", exit.grid.width, sides)
      try ValueCheck.number(
        "exits[\(index)].macs", exit.macs, 0...1e18, expected: "0 (where it is unknown) to 1e+18")
      if let parameters = exit.parameters {
        try ValueCheck.whole("exits[\(index)].parameters", parameters, 0...1_000_000_000_000_000)
      }
    }
    try ValueProblem.inside("provenance") { () throws(ValueProblem) in
      try provenance?.validateRanges()
    }
  }

  /// As images may be that are decoded: more cells, each exit's maps brought to that size, would not fit memory.
  private static let largestSide = 8192
}

extension Provenance {
  fileprivate func validateRanges() throws(ValueProblem) {
    let weights = -Self.largest...Self.largest
    if let lambda { try ValueCheck.number("lambda", lambda, weights) }
    let counts = data?.counts ?? [:]
    for part in counts.keys.sorted() {
      for (label, count) in counts[part]!.enumerated() {
        try ValueCheck.whole(
          "data.counts.\(part)[\(label)]", count, 0...ValueCheck.largestCount)
      }
    }
    for (index, row) in (history ?? []).enumerated() {
      try ValueProblem.inside("history[\(index)]") { () throws(ValueProblem) in
        try row.validateRanges()
      }
    }
  }

  fileprivate static let largest = 1e30
}

extension Provenance.HistoryRow {
  fileprivate func validateRanges() throws(ValueProblem) {
    try ValueCheck.whole("epoch", epoch, 0...ValueCheck.largestCount)
    try ValueCheck.number("learningRate", learningRate, 0...Provenance.largest)
    try ValueCheck.number("lambda", lambda, -Provenance.largest...Provenance.largest)
    for (key, values) in [
      ("trainingAccuracy", trainingAccuracy), ("validationAccuracy", validationAccuracy),
    ] {
      for (exit, value) in values.enumerated() where !value.isNaN {
        try ValueCheck.number("\(key)[\(exit)]", value, 0...1)
      }
    }
  }
}
