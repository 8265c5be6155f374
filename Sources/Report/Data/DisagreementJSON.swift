import Analysis

/// `disagreement` in `data/report.json`; null where the arms saw different samples.
enum DisagreementJSON {
  static func value(_ disagreement: Disagreement?) -> JSONValue {
    guard let disagreement else { return .null }
    return .object([
      ("tables", .list(disagreement.tables.map(table))),
      ("baseline", arm(disagreement.baselineExits, disagreement.baselineConfidence)),
      ("egt", arm(disagreement.egtExits, disagreement.egtConfidence)),
      ("sameAnswer", same(disagreement.models)),
      (
        "samples",
        .object(
          DisagreementList.allCases.map { ($0.key, .integer($0.samples(disagreement).count)) })
      ),
    ])
  }

  private static func table(_ table: CorrectnessTable) -> JSONValue {
    .object([
      ("baselineRun", .integer(table.baseline)), ("egtRun", .integer(table.egt)),
      (
        "rows",
        .list(
          table.rows.map { row in
            .object(
              place(row.place) + [
                ("bothRight", .integer(row.test.bothRight)),
                ("onlyBaselineRight", .integer(row.test.onlyBaselineRight)),
                ("onlyEgtRight", .integer(row.test.onlyEGTRight)),
                ("bothWrong", .integer(row.test.bothWrong)),
              ] + estimate("difference", row.difference) + [
                ("p", .number(row.test.p)), ("holmP", .optional(row.holmP)),
              ])
          })
      ),
    ])
  }

  private static func arm(_ exits: [ExitAgainstFinal], _ errors: [ConfidentErrors]) -> JSONValue {
    .object([
      (
        "exits",
        .list(
          exits.map { exit in
            .object(
              [
                ("exit", .integer(exit.exit)), ("bothRight", .integer(exit.bothRight)),
                ("onlyExitRight", .integer(exit.onlyExitRight)),
                ("onlyFinalRight", .integer(exit.onlyFinalRight)),
                ("bothWrong", .integer(exit.bothWrong)),
              ] + estimate("difference", exit.difference) + [
                ("p", .number(exit.p)), ("holmP", .optional(exit.holmP)),
                ("sameAnswer", same(exit.sameAnswer)),
              ])
          })
      ),
      (
        "confident",
        .list(
          errors.map { errors in
            .object(
              place(errors.place) + [
                ("confident", .integer(errors.confident)),
                ("confidentWrong", .integer(errors.confidentWrong)),
                ("wrong", .integer(errors.wrong)),
              ] + estimate("share", errors.share))
          })
      ),
    ])
  }

  private static func same(_ same: SameAnswer?) -> JSONValue {
    guard let same else { return .null }
    return .object(
      [
        ("count", .integer(same.count)),
        ("elsewhere", same.null == nil ? .null : .integer(same.elsewhere)),
      ] + estimate("share", same.share) + [
        ("chance", .optional(same.chance)), ("null", .optional(same.null)),
      ])
  }

  /// `place` is "exit" or "leaving"; `exit` null for the latter.
  private static func place(_ place: AuditPlace) -> [(String, JSONValue)] {
    if case .exit(let exit) = place {
      return [("place", .text("exit")), ("exit", .integer(exit))]
    }
    return [("place", .text("leaving")), ("exit", .null)]
  }

  private static func estimate(_ name: String, _ estimate: Estimate?) -> [(String, JSONValue)] {
    [
      (name, .optional(estimate?.value)), ("\(name)Low", .optional(estimate?.low)),
      ("\(name)High", .optional(estimate?.high)),
    ]
  }
}

extension DisagreementList {
  fileprivate var key: String {
    switch self {
    case .onlyBaselineRight: "onlyBaselineRight"
    case .onlyEGTRight: "onlyEgtRight"
    case .baselineRightEarly: "baselineRightEarly"
    case .egtRightEarly: "egtRightEarly"
    case .elsewhere: "sameAnswerFromElsewhere"
    case .baselineConfident: "baselineConfidentAndWrong"
    case .egtConfident: "egtConfidentAndWrong"
    }
  }
}
