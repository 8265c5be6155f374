/// How images become a dataset. Every field is part of a run's configuration.
public struct DatasetOptions: Sendable, Codable, Equatable {
  /// Which colours the network sees.
  public enum ColorMode: String, Sendable, Codable, CaseIterable {
    /// Grey where every image is grey, else colour.
    case automatic = "auto"
    case grey
    case rgb
  }

  /// Which classes take part. In JSON: "all", a number, or a list of names.
  public enum ClassSelection: Sendable, Equatable {
    case all
    /// The first classes in order.
    case first(Int)
    case named([String])
  }

  /// Height and width that images are resized to, in pixels, at least 16.
  public var size: Int
  public var colorMode: ColorMode
  public var classes: ClassSelection
  /// How many training images (validation included) and test images are drawn, stratified; nil for all.
  public var trainingCount: Int?
  public var testCount: Int?
  /// The part of the training images that becomes the validation part, 0 ..< 1.
  public var validationFraction: Double
  /// The part of the images that becomes the test part where the data come without a split.
  public var testFraction: Double
  /// Seeds drawing and splitting; not the training seed, so that runs with several seeds share a test part.
  public var seed: UInt64

  public init(
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

  /// The first option that no data can satisfy, or nil; told before any image is read.
  public var problem: DatasetFault? {
    func fault(_ name: String, _ expected: String, _ got: some Any) -> DatasetFault {
      .badOption(name: name, expected: expected, got: "\(got)")
    }
    if !(16...4096).contains(size) { return fault("--size", "16 to 4096", size) }
    if case .first(let count) = classes, count < 2 {
      return fault("--classes", "at least 2, or names", count)
    }
    if let trainingCount, trainingCount < 1 {
      return fault("--train-count", "at least 1", trainingCount)
    }
    if let testCount, testCount < 1 { return fault("--test-count", "at least 1", testCount) }
    if !(validationFraction >= 0 && validationFraction < 1) {
      return fault("--validation", "0 to below 1", validationFraction)
    }
    if !(testFraction >= 0 && testFraction < 1) {
      return fault("--test-fraction", "0 to below 1", testFraction)
    }
    return nil
  }
}
