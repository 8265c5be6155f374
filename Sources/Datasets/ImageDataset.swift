import TensorCore

/// Labelled images of one size, split into training, validation and test parts.
public struct ImageDataset: Sendable {
  /// A short name for people: the folder's name, or "radar, seed 0".
  public var name: String
  /// One name a class, in label order.
  public var classNames: [String]
  public var size: GridSize
  /// 1 or 3.
  public var channels: Int
  public var training: ImageSplit
  public var validation: ImageSplit
  public var test: ImageSplit
  /// What was read, skipped and found twice.
  public var summary: DatasetSummary

  public init(
    name: String, classNames: [String], size: GridSize, channels: Int, training: ImageSplit,
    validation: ImageSplit, test: ImageSplit, summary: DatasetSummary
  ) {
    self.name = name
    self.classNames = classNames
    self.size = size
    self.channels = channels
    self.training = training
    self.validation = validation
    self.test = test
    self.summary = summary
  }
}

/// One part of a dataset.
public struct ImageSplit: Sendable {
  /// [count, height, width, channels], 8 bits.
  public var pixels: [UInt8]
  /// Class indices, one an image.
  public var labels: [Int]
  /// Where each image came from: a path relative to the data folder, or "radar/test/12".
  public var identifiers: [String]

  public init(pixels: [UInt8] = [], labels: [Int] = [], identifiers: [String] = []) {
    self.pixels = pixels
    self.labels = labels
    self.identifiers = identifiers
  }

  public var count: Int { labels.count }
}

/// What a report says about the data.
public struct DatasetSummary: Sendable, Codable, Equatable {
  /// An image that was left out, and why, in one line.
  public struct Skipped: Sendable, Codable, Equatable {
    public var identifier: String
    public var reason: String
    public init(identifier: String, reason: String) {
      self.identifier = identifier
      self.reason = reason
    }
  }

  /// Images of different parts with the same pixels.
  public struct Duplicate: Sendable, Codable, Equatable {
    /// Identifiers, each preceded by its part: "training: shoes/1.png".
    public var members: [String]
    public init(members: [String]) { self.members = members }
  }

  /// How the data were read where their owner may think otherwise, one line each: folders and files that take no
  /// part, parts that were told by a folder's name, pixels that a reader had to guess.
  public struct Note: Sendable, Codable, Equatable {
    /// What it is about: "files of other types".
    public var name: String
    public var text: String
    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// SHA-256 over class names, and each image's part, label, identifier and pixels, in order.
  public var hash: String
  /// Images per class in each part, in label order; keys "training", "validation", "test".
  public var counts: [String: [Int]]
  public var skipped: [Skipped]
  public var duplicatesAcrossSplits: [Duplicate]
  /// nil where there is nothing to say.
  public var notes: [Note]?

  public init(
    hash: String, counts: [String: [Int]], skipped: [Skipped], duplicatesAcrossSplits: [Duplicate],
    notes: [Note] = []
  ) {
    self.hash = hash
    self.counts = counts
    self.skipped = skipped
    self.duplicatesAcrossSplits = duplicatesAcrossSplits
    self.notes = notes.isEmpty ? nil : notes
  }
}
