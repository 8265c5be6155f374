/// A model against the reference, the first of the list.
public struct Comparison: Sendable {
  /// The model's place in `AuditResult.models`.
  public var model: Int
  /// The place of what it is compared with: the first model's, as a rule.
  public var reference = 0
  /// Why nothing is compared: the model was recorded on other samples, or of another number of exits; a clause that
  /// begins with the model's name. nil where `paired` is there.
  public var refusal: String?
  /// Model − reference on the same samples.
  public var paired: PairedResult?
  /// nil where either has none, or they saw other samples.
  public var faithfulness: FaithfulnessComparison?
  /// Where the two models, and their exits, part ways image by image.
  public var disagreement: Disagreement?

  package init(model: Int, refusal: String?, paired: PairedResult?) {
    self.model = model
    self.refusal = refusal
    self.paired = paired
  }
}
