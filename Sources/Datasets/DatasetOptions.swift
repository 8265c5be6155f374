/// How images become a dataset. Every field is part of a run's configuration.
public struct DatasetOptions: Sendable, Codable, Equatable {
  /// Which colours the network sees.
  public enum ColorMode: String, Sendable, Codable, CaseIterable {
    /// Grey where every image is grey, else colour.
    case automatic = "auto"
    case grey
    case rgb
  }

  /// Which classes take part.
  public enum ClassSelection: Sendable, Codable, Equatable {
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
}
