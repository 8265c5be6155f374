import Analysis
import Recordings

/// `data/report.json`: what scripts read. Fields may be added, never renamed.
enum ReportJSON {
  static let formatVersion = 1

  static func document(_ context: ReportContext) -> String {
    let result = context.result
    let arms = [("baseline", result.baseline), ("egt", result.egt)]
    return JSONValue.object([
      ("formatVersion", .integer(formatVersion)),
      ("generator", .text(context.options.generator)),
      ("name", .text(context.options.name ?? context.data?.name ?? "")),
      ("dataHash", context.data?.hash.map { .text($0) } ?? .null),
      ("samples", .integer(result.sampleCount)),
      ("classNames", .list(result.classNames.map { .text($0) })),
      ("input", .list([.integer(result.input.height), .integer(result.input.width)])),
      ("channels", .integer(result.channels)),
      ("bootstrap", bootstrap(result)),
      (
        "arms",
        .object(
          zip(arms, [context.baseline, context.egt]).map { ($0.0, arm($0.1, recordings: $1)) })
      ),
      ("mean", .object(arms.map { ($0, mean($1.mean)) })),
      ("paired", paired(result)),
      ("earlyExit", .object(arms.map { ($0, earlyExit($1.earlyExit)) })),
      ("classes", MapJSON.classes(result)),
      ("faithfulness", FaithfulnessJSON.value(result.faithfulness)),
      ("sweep", SweepTables.json(result.sweep)),
      ("experiment", ExperimentData.json(result.experiment, threshold: result.threshold)),
      ("disagreement", DisagreementJSON.value(result.disagreement)),
      ("flags", .list(result.flags.map(flag))),
    ]).document
  }

  private static func bootstrap(_ result: AuditResult) -> JSONValue {
    .object([
      ("resamples", .integer(result.bootstrapResamples)), ("seed", .unsigned(result.bootstrapSeed)),
    ])
  }

  /// `mean` and `earlyExit` stand inside each arm and beside `arms`: the contract can be read both ways.
  private static func arm(_ arm: ModelResult, recordings: [Recording]) -> JSONValue {
    .object([
      ("seeds", .list(arm.seeds.map { $0.map { .unsigned($0) } ?? .null })),
      ("lambda", .optional(arm.lambda)),
      ("stopGradient", arm.stopGradient.map { .flag($0) } ?? .null),
      ("attentionKind", arm.attentionKind.map { .text($0) } ?? .null),
      ("mapKind", recordings[0].manifest.mapKind.map { .text($0) } ?? .null),
      ("settings", settings(recordings[0].manifest.provenance?.settings)),
      ("exits", .list(arm.exits.map(exit))),
      ("mean", mean(arm.mean)),
      ("earlyExit", earlyExit(arm.earlyExit)),
      ("matrix", MapJSON.matrix(arm.matrix)),
      ("calibration", calibration(arm)),
      ("ledger", ledger(arm.ledger)),
      ("latency", latency(recordings)),
      ("runs", runs(arm.runs)),
    ])
  }

  /// Options of the first run's training; null where the recording does not tell. Where things lay is on the provenance
  /// page alone: two audits of the same images are the same.
  private static func settings(_ settings: [Provenance.Setting]?) -> JSONValue {
    guard let settings else { return .null }
    return .list(
      settings.filter { $0.role != .place }.map {
        .object([
          ("key", $0.key.map { .text($0.rawValue) } ?? .null), ("name", .text($0.label)),
          ("value", .text($0.value)),
        ])
      })
  }

  private static func exit(_ exit: ExitResult) -> JSONValue {
    .object(
      [
        ("exit", .integer(exit.exit)),
        ("grid", .list([.integer(exit.grid.height), .integer(exit.grid.width)])),
        ("macs", exit.macs > 0 ? .number(exit.macs) : .null),
        ("accuracy", .number(exit.accuracy.value)),
        ("accuracyLow", .optional(exit.accuracy.low)),
        ("accuracyHigh", .optional(exit.accuracy.high)),
        ("n", .integer(exit.n)),
        ("undefined", .integer(exit.undefined)),
      ] + consistency(exit.consistency) + [
        ("spread", .optional(exit.spread)), ("entropy", .optional(exit.entropy)),
      ] + MapJSON.exit(exit))
  }

  private static func mean(_ mean: MeanResult) -> JSONValue {
    .object(
      [
        ("exit", .null), ("grid", .null), ("macs", .null),
        ("accuracy", .number(mean.accuracy)),
        ("n", .integer(mean.n)),
        ("undefined", .integer(mean.undefined)),
      ] + consistency(mean.consistency) + [("spread", .optional(mean.spread))])
  }

  private static func consistency(_ result: ConsistencyResult?) -> [(String, JSONValue)] {
    [
      ("cosine", .optional(result?.cosine.value)),
      ("cosineLow", .optional(result?.cosine.low)),
      ("cosineHigh", .optional(result?.cosine.high)),
      ("null", .optional(result?.null)),
      ("excess", .optional(result?.excess?.value)),
      ("excessLow", .optional(result?.excess?.low)),
      ("excessHigh", .optional(result?.excess?.high)),
      ("centred", .optional(result?.centred.value)),
      ("centredLow", .optional(result?.centred.low)),
      ("centredHigh", .optional(result?.centred.high)),
      ("centredNull", .optional(result?.centredNull)),
      ("cosineOnExitGrid", .optional(result?.cosineOnExitGrid)),
      ("ceiling", .optional(result?.ceiling)),
    ]
  }

  private static func earlyExit(_ early: EarlyExitResult) -> JSONValue {
    .object([
      ("threshold", .number(early.threshold)),
      ("shares", .list(early.shares.map { .number($0) })),
      ("accuracy", .number(early.accuracy.value)),
      ("accuracyLow", .optional(early.accuracy.low)),
      ("accuracyHigh", .optional(early.accuracy.high)),
      ("meanMacs", .optional(early.meanMacs)),
    ])
  }

  private static func flag(_ flag: Flag) -> JSONValue {
    .object([
      ("code", .text(flag.code)), ("arm", .text(flag.arm)),
      ("exit", flag.exit.map { .integer($0) } ?? .null), ("message", .text(flag.message)),
    ])
  }
}
