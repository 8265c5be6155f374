import Analysis

/// Costs as shares of a model's final exit's.
enum CostShare {
  /// nil where a cost is unknown.
  static func of(_ macs: Double?, _ model: ModelResult) -> Double? {
    guard let macs, let full = model.exits.last?.macs, full > 0 else { return nil }
    return macs / full
  }

  static func of(_ macs: Estimate?, _ model: ModelResult) -> Estimate? {
    guard let macs, let share = of(macs.value, model) else { return nil }
    return Estimate(share, low: of(macs.low, model), high: of(macs.high, model))
  }

  /// A model's difference from the reference; nil where the two final exits' costs differ.
  static func of(_ difference: Estimate?, model: Int, _ context: ReportContext) -> Estimate? {
    let full = [0, model].map { context.result.models[$0].exits.last?.macs ?? 0 }
    guard full[0] == full[1] else { return nil }
    return of(difference, context.result.models[model])
  }
}
