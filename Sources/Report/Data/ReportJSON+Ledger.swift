import Analysis
import Recordings

extension ReportJSON {
  /// An arm's `ledger`; null where it has none.
  static func ledger(_ ledger: ExitLedger?) -> JSONValue {
    guard let ledger else { return .null }
    return .object([
      (
        "validationSamples", .list(ledger.validationCounts.map { $0.map { .integer($0) } ?? .null })
      ),
      ("exits", .list(ledger.exits.map(exit))),
      (
        "policies",
        .object(ledger.policies.map { ($0.policy.rawValue, .list($0.choices.map(choice))) })
      ),
      ("overthinking", overthinking(ledger.overthinking)),
    ])
  }

  /// `paired.ledger`: EGT − baseline; null where nothing is paired.
  static func ledger(_ paired: PairedLedger?) -> JSONValue {
    guard let paired else { return .null }
    func outcome(_ outcome: PairedOutcome?) -> JSONValue {
      guard let outcome else { return .null }
      return .object(
        estimate("deltaAccuracy", outcome.accuracy) + estimate("deltaMeanMacs", outcome.meanMacs))
    }
    return .object(
      [
        ("leaving", outcome(paired.leaving)),
        (
          "policies",
          .object(
            zip(ExitPolicy.allCases, paired.choices).map { ($0.rawValue, .list($1.map(outcome))) })
        ),
      ] + estimate("deltaWasteful", paired.wasteful)
        + estimate("deltaDestructive", paired.destructive)
        + estimate("deltaNeeded", paired.onlyFinal) + estimate("deltaNever", paired.never))
  }

  private static func exit(_ exit: LedgerExit) -> JSONValue {
    .object(
      [
        ("exit", .integer(exit.exit)), ("macs", .optional(exit.macs)),
        ("parameters", exit.parameters.map { .integer($0) } ?? .null),
        ("count", .integer(exit.count)), ("share", .number(exit.share)),
      ] + estimate("accuracy", exit.accuracy))
  }

  /// A choice that was not possible has the reason in `refusal`, and nothing else but its target.
  private static func choice(_ choice: ThresholdChoice) -> JSONValue {
    let (name, value) = EfficiencyTables.target(choice.target)
    let target: [(String, JSONValue)] = [("target", .text(name)), ("targetValue", .number(value))]
    guard let chosen = choice.chosen else {
      return .object(target + [("refusal", .text(choice.refusal ?? ""))])
    }
    return .object(
      target + [
        ("refusal", .null),
        // Null: no sample leaves early.
        ("settings", .list(chosen.settings.map { .optional($0.isFinite ? $0 : nil) })),
        ("validationAccuracy", .number(chosen.validationAccuracy)),
        ("validationFinalAccuracy", .number(chosen.validationFinalAccuracy)),
        ("validationMeanMacs", .optional(chosen.validationMeanMacs)),
        ("accuracyGap", .number(chosen.accuracyGap)),
        ("shares", .list(chosen.shares.map { .number($0) })),
      ] + estimate("accuracy", chosen.accuracy) + estimate("accuracyMinusFinal", chosen.belowFinal)
        + estimate("meanMacs", chosen.meanMacs))
  }

  private static func overthinking(_ over: Overthinking) -> JSONValue {
    func part(_ part: Overthinking.Part) -> JSONValue {
      .object([("count", .integer(part.count))] + estimate("share", part.share))
    }
    return .object(
      [
        ("wasteful", part(over.wasteful)), ("destructive", part(over.destructive)),
        ("needed", part(over.onlyFinal)), ("never", part(over.never)),
        ("wastedMacs", .optional(over.wastedMacs)),
        ("oracleMeanMacs", .optional(over.oracleMeanMacs)),
      ] + estimate("oracleAccuracy", over.oracleAccuracy))
  }

  /// `latency`: one entry a recording; null where it was not measured.
  static func latency(_ recordings: [Recording]) -> JSONValue {
    .list(
      recordings.map { recording in
        guard let latency = recording.manifest.latency else { return .null }
        return .object([
          ("exits", .list(latency.exits.map { .object(times($0)) })),
          (
            "earlyStop",
            .object(
              [("threshold", .number(latency.earlyStop.threshold))] + times(latency.earlyStop.times)
                + [
                  ("shares", .list(latency.earlyStop.shares.map { .number($0) })),
                  ("speedup", .number(latency.earlyStop.speedup)),
                ])
          ),
          ("images", .integer(latency.images)), ("rounds", .integer(latency.rounds)),
          ("threads", .integer(latency.threads)),
        ])
      })
  }

  private static func times(_ times: MeasuredLatency.Times) -> [(String, JSONValue)] {
    [
      ("mean", .number(times.mean)), ("median", .number(times.median)), ("p5", .number(times.p5)),
      ("p95", .number(times.p95)),
    ]
  }

  /// `name`, `nameLow`, `nameHigh`.
  private static func estimate(_ name: String, _ estimate: Estimate?) -> [(String, JSONValue)] {
    [
      (name, .optional(estimate?.value)), (name + "Low", .optional(estimate?.low)),
      (name + "High", .optional(estimate?.high)),
    ]
  }
}
