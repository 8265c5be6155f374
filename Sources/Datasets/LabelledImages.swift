/// Labelled images before drawing and splitting: what a folder, IDX files and the synthesiser have in
/// common. The pixels are asked for later, of the images drawn only.
package struct LabelledImages: Sendable {
  /// A short name of the data for people.
  package var name: String
  /// Where the data are, for error messages.
  package var location: String
  /// One name a class, in label order.
  package var classNames: [String]
  /// Class indices, one an image.
  package var labels: [Int]
  /// Where each image came from.
  package var identifiers: [String]
  /// The part to which the data themselves assign each image; nil where they leave it open.
  package var parts: [DatasetPart?]

  /// Requires `labels`, `identifiers` and `parts` of the same length, one entry per image.
  package init(
    name: String, location: String, classNames: [String], labels: [Int], identifiers: [String],
    parts: [DatasetPart?]
  ) {
    precondition(
      labels.count == identifiers.count && labels.count == parts.count,
      "\(labels.count) labels, \(identifiers.count) identifiers, \(parts.count) parts")
    self.name = name
    self.location = location
    self.classNames = classNames
    self.labels = labels
    self.identifiers = identifiers
    self.parts = parts
  }

  /// The number of images.
  package var count: Int { labels.count }
}
