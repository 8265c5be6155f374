import Analysis

/// A number in `data/report.json`.
enum NumberJSON {
  /// A model's: `{value, low, high}`; a difference: `{delta, low, high, p, holm}`. Bounds are over images, the training
  /// runs held fixed; `runs` has those over images and runs, where there are several.
  static func value(_ number: Number, isDifference: Bool) -> JSONValue {
    guard number.value.isFinite else { return .null }
    var members: [(String, JSONValue)] = [
      (isDifference ? "delta" : "value", .number(number.value)),
      ("low", .optional(number.estimate.low)), ("high", .optional(number.estimate.high)),
    ]
    if isDifference {
      members += [("p", .optional(number.p)), ("holm", .optional(number.holmP))]
      if let effect = number.effectSize {
        members.append(("effectSize", JSONTableWriter.estimate(effect)))
      }
      if let test = number.mcNemar { members.append(("mcNemar", mcNemar(test))) }
    }
    if let runs = number.runs { members.append(("runs", self.runs(runs, isDifference))) }
    return .object(members)
  }

  private static func runs(_ runs: RunsEstimate, _ isDifference: Bool) -> JSONValue {
    let tests: [(String, JSONValue)] =
      isDifference ? [("p", .optional(runs.p)), ("holm", .optional(runs.holmP))] : []
    return .object(
      [
        ("low", .optional(runs.estimate.low)), ("high", .optional(runs.estimate.high)),
        ("sd", .optional(runs.deviation)),
        ("degreesOfFreedom", .optional(runs.degreesOfFreedom)),
      ] + tests + [
        ("values", .list(runs.values.map { .optional($0) })),
        ("nested", runs.nested.map(JSONTableWriter.estimate) ?? .null),
      ])
  }

  private static func mcNemar(_ test: McNemarTest) -> JSONValue {
    .object([
      ("bothRight", .integer(test.bothRight)),
      ("onlyReferenceRight", .integer(test.onlyReferenceRight)),
      ("onlyModelRight", .integer(test.onlyModelRight)), ("bothWrong", .integer(test.bothWrong)),
      ("p", .number(test.p)), ("midP", .number(test.midP)),
      ("oddsRatio", .optional(test.oddsRatio)), ("oddsRatioLow", .optional(test.oddsRatioLow)),
      ("oddsRatioHigh", .optional(test.oddsRatioHigh)),
    ])
  }
}
