import Recordings

/// A model to be audited: one training, or several runs of it that differ in the seed alone.
public struct Model: Sendable {
  /// As the user calls it; no two of an audit alike.
  public var name: String
  /// One a training run; one at least. Each passes `Recording.validate(at:)`.
  public var recordings: [Recording]
  /// The model that this one is compared with, by its place in the list.
  public var reference: Int

  /// A model and its training runs, one recording a run; `reference` is a place in the list of models, from 0.
  public init(_ name: String, _ recordings: [Recording], comparedWith reference: Int = 0) {
    self.name = name
    self.recordings = recordings
    self.reference = reference
  }
}
