import TensorCore

/// Labelled images of one size, split into training, validation and test parts.
package struct ImageDataset: Sendable {
  /// A short name for people: the folder's name, or "radar, seed 0".
  package var name: String
  /// One name a class, in label order.
  package var classNames: [String]
  /// Of every image, in pixels.
  package var size: GridSize
  /// 1 or 3.
  package var channels: Int
  /// The images that train the network and from which the normalization is measured.
  package var training: ImageSplit
  /// Empty where `DatasetOptions.validationFraction` is 0 or comes to no image.
  package var validation: ImageSplit
  /// Images that no training step sees.
  package var test: ImageSplit
  /// What was read, skipped and found twice.
  package var summary: DatasetSummary

  /// From parts already read and resized; that they fit `size` and `channels` is not checked.
  package init(
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
package struct ImageSplit: Sendable {
  /// [count, height, width, channels], 8 bits.
  package var pixels: [UInt8]
  /// Class indices, one an image.
  package var labels: [Int]
  /// Where each image came from: a path relative to the data folder, or "radar/test/12".
  package var identifiers: [String]

  /// Needs one label and one identifier per image; nothing is checked here.
  package init(pixels: [UInt8] = [], labels: [Int] = [], identifiers: [String] = []) {
    self.pixels = pixels
    self.labels = labels
    self.identifiers = identifiers
  }

  /// The number of images.
  package var count: Int { labels.count }
}

/// What a report says about the data.
package struct DatasetSummary: Sendable, Codable, Equatable {
  /// An image that was left out, and why, in one line.
  package struct Skipped: Sendable, Codable, Equatable {
    /// The image's path relative to the data folder.
    package var identifier: String
    /// On one line, without the image's name: "damaged image: …".
    package var reason: String
    /// Keep both on one line: they are printed as given.
    package init(identifier: String, reason: String) {
      self.identifier = identifier
      self.reason = reason
    }
  }

  /// Images of different parts with the same pixels.
  package struct Duplicate: Sendable, Codable, Equatable {
    /// Identifiers, each preceded by its part: "training: shoes/1.png".
    package var members: [String]
    /// Needs two members at least, not all of one part.
    package init(members: [String]) { self.members = members }
  }

  /// How the data were read where their owner may think otherwise, one line each: folders and files that take no
  /// part, parts that were told by a folder's name, pixels that a reader had to guess.
  package struct Note: Sendable, Codable, Equatable {
    /// What it is about: "files of other types".
    package var name: String
    /// One line, shown as given.
    package var text: String
    /// The name comes first, then the text.
    package init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// SHA-256 over class names, and each image's part, label, identifier and pixels, in order.
  package var hash: String
  /// Images per class in each part, in label order; keys "training", "validation", "test".
  package var counts: [String: [Int]]
  /// Every image left out, in reading order; they are in neither `counts` nor `hash`.
  package var skipped: [Skipped]
  /// One entry per group of equal images that reaches into more than one part.
  package var duplicatesAcrossSplits: [Duplicate]
  /// nil where there is nothing to say.
  package var notes: [Note]?

  /// From findings already made; empty `notes` become nil.
  package init(
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
