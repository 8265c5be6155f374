import FileKit

/// How images become a dataset. Every field is part of a run's configuration.
package struct DatasetOptions: Sendable, Codable, Equatable {
  /// Which colours the network sees.
  package enum ColorMode: String, Sendable, Codable, CaseIterable {
    /// Grey where every image is grey, else colour.
    case automatic = "auto"
    case grey
    case rgb
  }

  /// Which classes take part. In JSON: "all", a number, or a list of names.
  package enum ClassSelection: Sendable, Equatable {
    case all
    /// The first classes in order.
    case first(Int)
    case named([String])
  }

  /// Height and width that images are resized to, in pixels, at least 16.
  package var size: Int
  /// `.automatic` decides once for the whole dataset, so all images have the same channels.
  package var colorMode: ColorMode
  /// The classes that take part; labels follow the order of the data, not that of the names.
  package var classes: ClassSelection
  /// How many training images (validation included) and test images are drawn, stratified; nil for all.
  package var trainingCount: Int?
  /// Test images drawn; nil takes all of the data's own test part, or `testFraction` where the data
  /// have none.
  package var testCount: Int?
  /// The part of the training images that becomes the validation part, 0 ..< 1.
  package var validationFraction: Double
  /// The part of the images that becomes the test part where the data come without a split.
  package var testFraction: Double
  /// Seeds drawing and splitting; not the training seed, so that runs with several seeds share a test part.
  package var seed: UInt64

  /// The defaults are those of the commands. Nothing is checked here; see `validate`.
  package init(
    size: Int = 64, colorMode: ColorMode = .automatic, classes: ClassSelection = .all,
    trainingCount: Int? = nil, testCount: Int? = nil, validationFraction: Double = 0.1,
    testFraction: Double = 0.25, seed: UInt64 = 0
  ) {
    self.size = size
    self.colorMode = colorMode
    self.classes = classes
    self.trainingCount = trainingCount
    self.testCount = testCount
    self.validationFraction = validationFraction
    self.testFraction = testFraction
    self.seed = seed
  }

  /// Refuses numbers that no data can satisfy, whether they come from options or from a file.
  package func validate() throws(ValueProblem) {
    let count = ValueCheck.largestCount
    try ValueCheck.whole("size", size, 16...4096)
    switch classes {
    case .first(let first) where first < 2:
      throw ValueProblem("classes", expected: "at least 2, or names", got: "\(first)")
    case .first, .named, .all: break
    }
    if let trainingCount { try ValueCheck.whole("trainingCount", trainingCount, 1...count) }
    if let testCount { try ValueCheck.whole("testCount", testCount, 1...count) }
    for (key, fraction) in [
      ("validationFraction", validationFraction), ("testFraction", testFraction),
    ] {
      try ValueCheck.number(key, fraction, 0...(1.0).nextDown, expected: "0 to below 1")
    }
  }

  /// The first option that no data can satisfy, or nil; told before any image is read.
  package var problem: DatasetFault? {
    do {
      try validate()
      return nil
    } catch {
      return .badOption(
        name: Self.options[error.key] ?? error.key, expected: error.expected, got: error.got)
    }
  }

  /// What a command calls a value.
  private static let options = [
    "size": "--size", "classes": "--classes", "trainingCount": "--train-count",
    "testCount": "--test-count", "validationFraction": "--validation",
    "testFraction": "--test-fraction",
  ]
}
