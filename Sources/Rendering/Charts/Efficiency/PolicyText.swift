import Analysis

/// What figures call policies and settings.
enum PolicyText {
  static func name(_ policy: ExitPolicy) -> String { policy.rawValue }

  /// The axis of a policy's settings.
  static func setting(_ policy: ExitPolicy) -> String {
    switch policy {
    case .confidence: "confidence threshold τ"
    case .entropy: "entropy threshold τ"
    case .margin: "margin threshold τ"
    case .patience: "patience t"
    }
  }

  /// How a sample leaves, after "A sample leaves at the first exit ".
  static func rule(_ policy: ExitPolicy) -> String {
    switch policy {
    case .confidence: "whose largest probability is at least τ"
    case .entropy: "whose normalised entropy is at most 1 − τ"
    case .margin: "whose two largest probabilities differ by at least τ"
    case .patience: "that gives the same class as the t exits before it"
    }
  }

  static func ledger(of model: ModelResult, _ policy: ExitPolicy) -> PolicyLedger? {
    model.ledger?.policies.first { $0.policy == policy }
  }

  /// What the final exit costs; nil where costs are unknown.
  static func fullMacs(of model: ModelResult) -> Double? {
    guard model.exits.allSatisfy({ $0.macs > 0 && $0.macs.isFinite }) else { return nil }
    return model.exits.last?.macs
  }
}
