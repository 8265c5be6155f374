import Analysis

/// Differences, tests and training runs in `data/report.json`.
extension ReportJSON {
  static func paired(_ result: AuditResult) -> JSONValue {
    guard let paired = result.paired else {
      return .object([
        ("exits", .list([])), ("mean", .null),
        ("refusal", .text(result.pairingRefusal ?? "the two models saw different samples")),
      ])
    }
    return .object([
      ("exits", .list(paired.exits.map(pairedExit))), ("mean", pairedExit(paired.mean)),
      ("earlyExit", paired.earlyExit.map { .object(difference($0)) } ?? .null),
      ("runs", paired.design.map(design) ?? .null),
      ("calibration", calibration(paired)), ("ledger", ledger(paired.ledger)),
      ("refusal", .null),
    ])
  }

  /// `low`, `high` and `p` are the cosine's, over images; what else there is stands below the measure's name.
  private static func pairedExit(_ paired: PairedExit) -> JSONValue {
    .object(
      [
        ("exit", paired.exit > 0 ? .integer(paired.exit) : .null),
        ("deltaCosine", .optional(paired.deltaCosine?.value)),
        ("low", .optional(paired.deltaCosine?.low)),
        ("high", .optional(paired.deltaCosine?.high)),
        ("p", .optional(paired.p)),
        ("holmP", .optional(paired.cosine?.holmP)),
        ("deltaCentred", .optional(paired.deltaCentred?.value)),
        ("deltaCentredLow", .optional(paired.deltaCentred?.low)),
        ("deltaCentredHigh", .optional(paired.deltaCentred?.high)),
        ("deltaAccuracy", .optional(paired.deltaAccuracy?.value)),
        ("deltaAccuracyLow", .optional(paired.deltaAccuracy?.low)),
        ("deltaAccuracyHigh", .optional(paired.deltaAccuracy?.high)),
      ]
        + AuditMeasure.allCases.map { measure in
          (measure.rawValue, paired[measure].map { .object(difference($0)) } ?? .null)
        } + MapJSON.pairedExit(paired))
  }

  private static func difference(_ number: PairedNumber) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [
      ("difference", .optional(number.delta.value)), ("low", .optional(number.delta.low)),
      ("high", .optional(number.delta.high)), ("p", .optional(number.p)),
      ("holmP", .optional(number.holmP)),
    ]
    if let effect = number.effectSize {
      members += [
        ("effectSize", .optional(effect.value)), ("effectSizeLow", .optional(effect.low)),
        ("effectSizeHigh", .optional(effect.high)),
      ]
    }
    if let test = number.mcNemar { members.append(("mcNemar", mcNemar(test))) }
    if let runs = number.runs { members.append(("overRuns", .object(overRuns(runs)))) }
    return members
  }

  static func mcNemar(_ test: McNemarTest) -> JSONValue {
    .object([
      ("bothRight", .integer(test.bothRight)),
      ("onlyBaselineRight", .integer(test.onlyBaselineRight)),
      ("onlyEGTRight", .integer(test.onlyEGTRight)), ("bothWrong", .integer(test.bothWrong)),
      ("p", .number(test.p)), ("midP", .number(test.midP)),
      ("oddsRatio", .optional(test.oddsRatio)), ("oddsRatioLow", .optional(test.oddsRatioLow)),
      ("oddsRatioHigh", .optional(test.oddsRatioHigh)),
    ])
  }

  /// An arm's numbers over runs; an empty list with a single one.
  static func runs(_ rows: [RunsRow]) -> JSONValue {
    .list(
      rows.map { row in
        let place: [(String, JSONValue)] =
          switch row.place {
          case .exit(let exit): [("place", .text("exit")), ("exit", .integer(exit))]
          case .mean: [("place", .text("mean")), ("exit", .null)]
          case .earlyExit: [("place", .text("earlyExit")), ("exit", .null)]
          }
        return .object(
          [("measure", .text(row.measure.rawValue))] + place + overRuns(row.number))
      })
  }

  private static func overRuns(_ number: RunsEstimate) -> [(String, JSONValue)] {
    [
      ("values", .list(number.values.map { .optional($0) })),
      ("sdOverRuns", .optional(number.deviation)), ("value", .number(number.estimate.value)),
      ("low", .optional(number.estimate.low)), ("high", .optional(number.estimate.high)),
      ("degreesOfFreedom", .optional(number.degreesOfFreedom)), ("p", .optional(number.p)),
      ("holmP", .optional(number.holmP)), ("nested", .optional(number.nested?.value)),
      ("nestedLow", .optional(number.nested?.low)), ("nestedHigh", .optional(number.nested?.high)),
    ]
  }

  /// Which runs belong together; recordings counted from 1.
  private static func design(_ design: RunDesign) -> JSONValue {
    .object([
      ("baseline", .integer(design.referenceCount)), ("egt", .integer(design.modelCount)),
      ("areMatched", .flag(design.pairs != nil)),
      (
        "pairs",
        .list(
          (design.pairs ?? []).map { .list([.integer($0.reference + 1), .integer($0.model + 1)]) })
      ),
    ])
  }
}
