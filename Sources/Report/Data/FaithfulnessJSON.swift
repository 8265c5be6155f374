import Analysis

/// Faithfulness in `data/report.json`; null where it was not recorded.
enum FaithfulnessJSON {
  static func value(_ faithfulness: Faithfulness?) -> JSONValue {
    guard let faithfulness else { return .null }
    return .object([
      ("baseline", arm(faithfulness.baseline)), ("egt", arm(faithfulness.egt)),
      ("paired", .list((faithfulness.paired ?? []).map(paired))),
      ("pairedMean", faithfulness.pairedMean.map(paired) ?? .null),
      ("arePairedOverRuns", .flag(faithfulness.arePairedOverRuns)),
    ])
  }

  private static func arm(_ arm: ModelFaithfulness?) -> JSONValue {
    guard let arm else { return .null }
    return .object([
      ("samples", .integer(arm.sampleCount)), ("recordings", .integer(arm.recordingCount)),
      ("exits", .list(arm.exits.map(exit))),
      (
        "mean",
        .object(estimate("advantage", arm.meanAdvantage) + estimate("roadGap", arm.meanRoadGap))
      ),
    ])
  }

  private static func paired(_ exit: PairedFaithfulness) -> JSONValue {
    .object(
      [("exit", exit.exit > 0 ? .integer(exit.exit) : .null)]
        + estimate("deltaDeletionGain", exit.deletionGain)
        + estimate("deltaInsertionGain", exit.insertionGain)
        + estimate("deltaAdvantage", exit.advantage) + estimate("deltaRoadGap", exit.roadGap)
        + estimate("deltaGradCAMCentred", exit.gradCAMCentred))
  }

  private static func exit(_ exit: ExitFaithfulness) -> JSONValue {
    let masking = exit.masking
    return .object(
      [("exit", .integer(exit.exit))] + curve("deletion", masking?.deletion)
        + curve("insertion", masking?.insertion) + estimate("advantage", masking?.advantage) + [
          ("wholeImage", .optional(masking?.wholeImage)),
          ("allDeleted", .optional(masking?.allDeleted)),
          ("noneInserted", .optional(masking?.noneInserted)),
        ] + estimate("roadGap", exit.road?.gap) + [
          ("gradCAM", gradCAM(exit.gradCAM)),
          ("randomWeights", .list(exit.randomized.map(stage))),
        ])
  }

  private static func curve(_ name: String, _ curve: MaskingCurve?) -> [(String, JSONValue)] {
    estimate("\(name)Area", curve?.area) + estimate("\(name)RandomArea", curve?.randomArea)
      + estimate("\(name)Gain", curve?.gain)
  }

  private static func gradCAM(_ agreement: GradCAMAgreement?) -> JSONValue {
    guard let agreement else { return .null }
    func measure(_ name: String, _ value: AgreementWithNull) -> [(String, JSONValue)] {
      estimate(name, value.value) + [("\(name)Null", .optional(value.null))]
        + estimate("\(name)Excess", value.excess)
    }
    return .object(
      [("n", .integer(agreement.n)), ("undefined", .integer(agreement.undefined))]
        + measure("cosine", agreement.cosine) + measure("centred", agreement.centred)
        + measure("spearman", agreement.spearman))
  }

  private static func stage(_ stage: RandomizedStage) -> JSONValue {
    .object(
      [("stage", .integer(stage.stage))] + estimate("spearman", stage.spearman) + [
        ("lowestDraw", .optional(stage.lowestDraw)), ("highestDraw", .optional(stage.highestDraw)),
      ] + estimate("centred", stage.centred) + estimate("ssim", stage.structuralSimilarity) + [
        ("n", .integer(stage.n)), ("undefined", .integer(stage.undefined)),
      ])
  }

  private static func estimate(_ name: String, _ estimate: Estimate?) -> [(String, JSONValue)] {
    [
      (name, .optional(estimate?.value)), ("\(name)Low", .optional(estimate?.low)),
      ("\(name)High", .optional(estimate?.high)),
    ]
  }
}
