/// Warnings about confidences.
extension Flags {
  /// CALIBRATION-WORSE, by the debiased ECE: the one measure of the three that is about calibration alone. NLL and
  /// Brier score are better behaved, but an exit that answers wrongly more often has worse ones however well it knows
  /// that, and one that answers rightly more often hides a worse calibration behind them; so they stand in the message.
  /// Raised for an exit where the paired interval, over images and training runs where each model has three, lies above 0 and the difference is at least
  /// `FlagThresholds.calibrationError`.
  static func calibration(_ comparison: Comparison, _ result: AuditResult) -> [Flag] {
    let model = result.models[comparison.model]
    let reference = result.models[comparison.reference]
    return (comparison.paired?.calibration ?? []).compactMap { paired in
      let delta = paired.widest.ece
      guard let low = delta.low, let high = delta.high, low > 0,
        delta.value >= FlagThresholds.calibrationError
      else { return nil }
      let before = reference.calibration[paired.exit - 1]
      let after = model.calibration[paired.exit - 1]
      let side = after.scores.confidence > after.accuracy ? "over" : "under"
      let nll = paired.widest.nll
      return Flag(
        .calibrationWorse, model: model.index, exit: paired.exit,
        "At exit \(paired.exit) the confidences of \(name(model)) fit its answers worse than those of "
          + "\(name(reference)): "
          + "debiased ECE \(decimal(after.scores.ece.debiased.value)) against "
          + "\(decimal(before.scores.ece.debiased.value)), difference "
          + "[\(decimal(low)), \(decimal(high))]; it is \(side)confident (mean confidence "
          + "\(decimal(after.scores.confidence)), accuracy \(decimal(after.accuracy))). NLL "
          + "\(decimal(after.scores.nll.value)) against \(decimal(before.scores.nll.value))"
          + (nll.low.flatMap { low in nll.high.map { (low, $0) } }.map {
            ", difference [\(decimal($0)), \(decimal($1))]."
          } ?? "."))
    }
  }
}
