import Analysis

/// Whether the final maps have lost focus: one sentence a comparison.
enum ConcentrationVerdict {
  static func text(_ context: ReportContext) -> String {
    func spread(_ model: Int) -> Double? {
      let place = Place.exit(context.result.models[model].exits.count)
      return context.numbers[.sharedSpread, place, model: model]?.value
    }
    guard !context.compared.isEmpty else {
      let spreads = context.models.compactMap { model in
        spread(model).map {
          "The final maps of \(context.name(model)) have a spread of \(NumberFormat.fixed($0, 2))."
        }
      }
      return spreads.isEmpty
        ? "The spread of the final maps is not defined." : spreads.joined(separator: " ")
    }
    return context.compared.map { comparison in
      let names = (context.name(comparison.model), context.name(comparison.reference))
      guard let own = spread(comparison.model), let before = spread(comparison.reference) else {
        return "The spreads of the final exits of \(names.0) and \(names.1) cannot be compared."
      }
      let spreads = """
        The final maps of \(names.0) have a spread of \(NumberFormat.fixed(own, 2)), those of \
        \(names.1) \(NumberFormat.fixed(before, 2))
        """
      if let premise = comparison.paired?.mapPremise {
        return "\(spreads). They are not compared: \(DisplayText.text(premise.reason, limit: 300))."
      }
      let place = Place.exit(context.result.models[comparison.model].exits.count)
      guard
        let delta = context.numbers[.sharedSpread, place, difference: comparison.model]?.estimate,
        let interval = NumberFormat.interval(delta, { NumberFormat.signed($0, 2) })
      else { return spreads + "; the difference has no interval." }
      let difference = "Δ \(NumberFormat.signed(delta.value, 2)) \(interval)"
      guard delta.excludesZero else { return "\(spreads): no difference detected (\(difference))." }
      return delta.value < 0
        ? "\(spreads): they are flatter (\(difference)), so part of the consistency comes from the final exit moving towards the early ones."
        : "\(spreads): they are more focused (\(difference))."
    }.joined(separator: " ")
  }
}
