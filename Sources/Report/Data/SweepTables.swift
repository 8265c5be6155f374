import Analysis

/// The λ sweep: `sweep.csv`, in `report.json`, and the table below its figure.
enum SweepTables {
  static func table(_ sweep: LambdaSweep?) -> [UInt8] {
    var table = CSVTable([
      "lambda", "seed", "cosine", "null", "excess", "centred", "accuracy", "accuracy_low",
      "accuracy_high",
    ])
    for run in sweep?.runs ?? [] {
      table.append([
        .number(run.lambda), .text(run.seed.map { String($0) } ?? ""), .number(run.cosine),
        .number(run.null), .number(run.excess), .number(run.centred),
        .number(run.accuracy.value), .number(run.accuracy.low), .number(run.accuracy.high),
      ])
    }
    return table.bytes
  }

  static func json(_ sweep: LambdaSweep?) -> JSONValue {
    .list(
      (sweep?.runs ?? []).map { run in
        .object([
          ("lambda", .number(run.lambda)),
          ("seed", run.seed.map { .text(String($0)) } ?? .null),
          ("cosine", .optional(run.cosine)), ("null", .optional(run.null)),
          ("excess", .optional(run.excess)), ("centred", .optional(run.centred)),
          ("accuracy", .number(run.accuracy.value)),
          ("accuracyLow", .optional(run.accuracy.low)),
          ("accuracyHigh", .optional(run.accuracy.high)),
        ])
      })
  }

  /// One row a run.
  static func rows(_ sweep: LambdaSweep?) -> [Fields] {
    (sweep?.runs ?? []).map { run in
      [
        "lambda": .text(NumberFormat.exact(run.lambda) ?? NumberFormat.missing),
        "seed": .text(run.seed.map { String($0) } ?? "unknown"),
        "cosine": .text(NumberFormat.fixed(run.cosine)),
        "null": .text(NumberFormat.fixed(run.null)),
        "excess": .text(NumberFormat.signed(run.excess)),
        "centred": .text(NumberFormat.fixed(run.centred)),
        "accuracy": .text(NumberFormat.percent(run.accuracy.value)),
        "accuracyInterval": .optional(
          NumberFormat.interval(run.accuracy) { NumberFormat.percent($0) }),
      ]
    }
  }
}
