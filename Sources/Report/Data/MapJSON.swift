import Analysis

/// What `report.json` says about maps.
enum MapJSON {
  static func exit(_ exit: ExitResult) -> [(String, JSONValue)] {
    [
      ("similarity", .list(exit.similarities.map(similarity))),
      ("equalResolution", exit.concentration.map(concentration) ?? .null),
      ("correctness", exit.correctness.map(correctness) ?? .null),
    ]
  }

  static func matrix(_ matrix: ExitMatrix?) -> JSONValue {
    guard let matrix else { return .null }
    func values(_ path: (ExitMatrix.Cell) -> JSONValue) -> JSONValue {
      .list(matrix.cells.map { .list($0.map(path)) })
    }
    return .object([
      ("n", values { .integer($0.n) }), ("cosine", values { .optional($0.cosine) }),
      ("cosineNull", values { .optional($0.cosineNull) }),
      ("centred", values { .optional($0.centred) }),
      ("centredNull", values { .optional($0.centredNull) }),
    ])
  }

  static func pairedExit(_ exit: PairedExit) -> [(String, JSONValue)] {
    [
      (
        "similarity",
        .list(
          exit.differences.map { row in
            .object(
              [("measure", .text(row.measure.rawValue)), ("n", .integer(row.n))]
                + estimate("delta", row.value))
          })
      ),
      (
        "equalResolution",
        exit.concentration.map { shared in
          .object(
            estimate("deltaSpread", shared.spread) + estimate("deltaEntropy", shared.entropy)
              + estimate("deltaGini", shared.gini))
        } ?? .null
      ),
    ]
  }

  static func classes(_ result: AuditResult) -> JSONValue {
    .list(
      result.classes.map { row in
        .object(
          [
            ("label", .integer(row.label)), ("images", .integer(row.sampleCount)),
            ("few", .flag(row.isSmall)), ("baseline", arm(row.baseline)), ("egt", arm(row.egt)),
          ] + estimate("deltaCosine", row.deltaCosine))
      })
  }

  private static func arm(_ arm: ClassModel) -> JSONValue {
    .object(
      [("n", .integer(arm.mean.n))] + estimate("cosine", arm.mean.cosine) + [
        ("centred", .optional(arm.mean.centred)), ("excess", .optional(arm.mean.excess)),
        ("sameClassExcess", .optional(arm.mean.sameClassExcess)),
      ] + estimate("accuracy", arm.accuracy))
  }

  private static func similarity(_ row: SimilarityResult) -> JSONValue {
    .object(
      [
        ("measure", .text(row.measure.rawValue)),
        ("grid", .list([.integer(row.grid.height), .integer(row.grid.width)])),
        ("n", .integer(row.n)), ("undefined", .integer(row.undefined)),
      ] + estimate("value", row.value) + [("null", .optional(row.null))]
        + estimate("excess", row.excess) + [("sameClassNull", .optional(row.sameClassNull))]
        + estimate("sameClassExcess", row.sameClassExcess))
  }

  private static func concentration(_ row: ConcentrationResult) -> JSONValue {
    .object(
      [
        ("grid", .list([.integer(row.grid.height), .integer(row.grid.width)])),
        ("n", .integer(row.n)), ("undefined", .integer(row.undefined)),
      ] + estimate("spread", row.spread) + estimate("entropy", row.entropy)
        + estimate("gini", row.gini))
  }

  private static func correctness(_ row: CorrectnessResult) -> JSONValue {
    .object(
      [
        ("rightN", .integer(row.rightN)), ("wrongN", .integer(row.wrongN)),
        ("right", .optional(row.right)), ("wrong", .optional(row.wrong)),
      ] + estimate("difference", row.difference) + estimate("auroc", row.auroc))
  }

  /// "cosine", "cosineLow", "cosineHigh".
  private static func estimate(_ name: String, _ estimate: Estimate?) -> [(String, JSONValue)] {
    [
      (name, .optional(estimate?.value)), (name + "Low", .optional(estimate?.low)),
      (name + "High", .optional(estimate?.high)),
    ]
  }
}
