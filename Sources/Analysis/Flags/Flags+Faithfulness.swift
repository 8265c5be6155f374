/// Warnings about maps that agree but do not show what the answers depend on.
extension Flags {
  static func faithfulnessFlags(_ result: AuditResult, _ numbers: Numbers) -> [Flag] {
    result.models.flatMap { model in
      (model.faithfulness?.exits ?? []).flatMap {
        consistentNotFaithful(model, model.faithfulness!, $0, numbers)
      }
    }
  }

  /// An early exit whose maps agree with the final one's beyond chance, and show neither by deletion and insertion nor
  /// by ROAD that they do better than an order that knows nothing. Either test passing would be evidence for the maps:
  /// masking with a constant or a blur leaves the images that networks know, ROAD guards against that, so neither is
  /// taken alone.
  private static func consistentNotFaithful(
    _ model: ModelResult, _ measured: ModelFaithfulness, _ exit: ExitFaithfulness,
    _ numbers: Numbers
  ) -> [Flag] {
    guard measured.sampleCount >= FlagThresholds.faithfulnessSamples,
      exit.exit < model.exits.count,
      let excess = numbers[.excess, .exit(exit.exit), model: model.index],
      Excess(excess)?.isDetected == true
    else { return [] }
    let tests = [
      ("better than random order by deletion and insertion", exit.masking?.advantage),
      ("ROAD’s gap", exit.road?.gap),
    ].compactMap { name, estimate in estimate.map { (name, $0) } }
    guard !tests.isEmpty, tests.allSatisfy({ ($0.1.low ?? 0) <= 0 }) else { return [] }
    let numbers = tests.map { name, estimate in
      let interval = estimate.low.flatMap { low in
        estimate.high.map { " [\(decimal(low)), \(decimal($0))]" }
      }
      return "\(name) \(decimal(estimate.value))\(interval ?? "")"
    }
    return [
      Flag(
        .consistentNotFaithful, model: model.index, exit: exit.exit,
        "The maps of \(name(model)) at exit \(exit.exit) agree with the final map beyond "
          + "chance (excess \(decimal(excess.value))), but masking the pixels that they mark changes "
          + "the answer no more than masking others, as far as \(measured.sampleCount) images "
          + "show: \(numbers.joined(separator: "; ")).")
    ]
  }
}
