/// Labelled images before drawing and splitting: what a folder, IDX files and the synthesiser have in
/// common. The pixels are asked for later, of the images drawn only.
public struct LabelledImages: Sendable {
  /// A short name of the data for people.
  public var name: String
  /// Where the data are, for error messages.
  public var location: String
  /// One name a class, in label order.
  public var classNames: [String]
  /// Class indices, one an image.
  public var labels: [Int]
  /// Where each image came from.
  public var identifiers: [String]
  /// The part to which the data themselves assign each image; nil where they leave it open.
  public var parts: [DatasetPart?]

  public init(
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

  public var count: Int { labels.count }
}
