/// A planned run of a sweep that is not among the recordings.
public struct MissingRun: Sendable, Equatable {
  /// "lambda-0.3-seed-2"
  public var name: String
  /// Why it failed; nil where it was not finished.
  public var failure: String?

  package init(name: String, failure: String?) {
    self.name = name
    self.failure = failure
  }
}
