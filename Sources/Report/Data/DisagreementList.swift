import Analysis

/// A kind of samples that the page lists and `disagreement-samples.csv` has whole.
enum DisagreementList: String, CaseIterable {
  case onlyReferenceRight = "only-reference-right"
  case onlyModelRight = "only-model-right"
  case referenceRightEarly = "reference-right-early"
  case modelRightEarly = "model-right-early"
  case elsewhere = "same-answer-from-elsewhere"
  case referenceConfident = "reference-confident-and-wrong"
  case modelConfident = "model-confident-and-wrong"

  func samples(_ disagreement: Disagreement) -> [Int] {
    let samples = disagreement.samples
    return switch self {
    case .onlyReferenceRight: samples.onlyReferenceRight
    case .onlyModelRight: samples.onlyModelRight
    case .referenceRightEarly: samples.referenceRightEarly
    case .modelRightEarly: samples.modelRightEarly
    case .elsewhere: samples.elsewhere
    case .referenceConfident: samples.referenceConfident
    case .modelConfident: samples.modelConfident
    }
  }

  func title(reference: String, model: String) -> String {
    switch self {
    case .onlyReferenceRight: "Only \(reference) is right"
    case .onlyModelRight: "Only \(model) is right"
    case .referenceRightEarly: "\(reference): right early, wrong at the end"
    case .modelRightEarly: "\(model): right early, wrong at the end"
    case .elsewhere: "Both models give the same answer, from elsewhere"
    case .referenceConfident: "\(reference): confident and wrong"
    case .modelConfident: "\(model): confident and wrong"
    }
  }

  /// Which samples, in which order.
  func rule(threshold: String) -> String {
    switch self {
    case .onlyReferenceRight, .onlyModelRight:
      "At the final exit; the highest confidence of the model that is right first."
    case .referenceRightEarly, .modelRightEarly:
      "Right at one early exit at least, wrong at the final one; the highest confidence of the wrong answer first."
    case .elsewhere:
      "The same final answer, the cosine of the final maps at most the null; the lowest cosine first."
    case .referenceConfident, .modelConfident:
      "Wrong at the final exit with a confidence of \(threshold) or more; the highest first."
    }
  }
}
