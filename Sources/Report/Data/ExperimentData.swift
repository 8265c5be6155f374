import Analysis

/// A sweep's settings: `experiment.csv` and `experiment` in `report.json`.
enum ExperimentData {
  /// One line a setting, measure and place: the arm's number, and its difference from the baseline.
  static func table(_ experiment: Experiment?) -> [UInt8] {
    var table = CSVTable(
      [
        "architecture", "form", "lambda", "runs", "measure", "place", "exit", "value",
        "sd_over_runs", "low",
      ]
        + ["high", "difference", "difference_low", "difference_high", "p", "is_over_runs"])
    for row in experiment?.rows ?? [] {
      for (measure, place, estimate) in numbers(row.arm) {
        let runs = row.arm.runs.number(measure, place)
        let paired = row.paired?.number(measure, place)
        table.append(
          [
            .text(row.architecture), .text(row.form), .number(row.lambda),
            .integer(row.arm.seeds.count), .text(measure.rawValue),
          ] + RunTables.place(place) + [
            .number(estimate?.value), .number(runs?.deviation), .number(estimate?.low),
            .number(estimate?.high), .number(paired?.interval.value),
            .number(paired?.interval.low), .number(paired?.interval.high),
            .number(paired?.intervalP), .flag(paired?.isOverRuns ?? false),
          ])
      }
    }
    return table.bytes
  }

  /// - Parameter threshold: of the early stop.
  static func json(_ experiment: Experiment?, threshold: Double) -> JSONValue {
    guard let experiment else { return .null }
    return .object([
      ("rows", .list(experiment.rows.map { row($0, threshold) })),
      (
        "missing",
        .list(
          experiment.missing.map {
            .object([
              ("run", .text($0.name)), ("failure", $0.failure.map { .text($0) } ?? .null),
            ])
          })
      ),
    ])
  }

  private static func row(_ row: Experiment.Row, _ threshold: Double) -> JSONValue {
    let (mean, paired) = (row.arm.mean.consistency, row.paired)
    func difference(_ number: PairedNumber?) -> JSONValue {
      guard let interval = number?.interval else { return .null }
      return .object([
        ("value", .number(interval.value)), ("low", .optional(interval.low)),
        ("high", .optional(interval.high)),
      ])
    }
    return .object([
      ("architecture", .text(row.architecture)), ("form", .text(row.form)),
      ("lambda", .number(row.lambda)),
      ("seeds", .list(row.arm.seeds.map { $0.map { .unsigned($0) } ?? .null })),
      ("cosine", .optional(mean?.cosine.value)),
      ("excess", .optional(mean?.excess?.value)),
      ("centred", .optional(mean?.centred.value)),
      ("spread", .optional(row.arm.exits.last?.spread)),
      ("accuracy", .optional(row.arm.exits.last?.accuracy.value)),
      ("deltaCosine", difference(paired?.mean.cosine)),
      ("deltaExcess", difference(paired?.mean.excess)),
      ("deltaCentred", difference(paired?.mean.centred)),
      ("deltaSpread", difference(paired?.exits.last?.spread)),
      ("deltaAccuracy", difference(paired?.exits.last?.accuracy)),
      ("earlyExitAccuracy", .number(row.arm.earlyExit.accuracy.value)),
      ("meanMacs", .optional(row.arm.earlyExit.meanMacs)),
      ("times", times(row.times(threshold: threshold))),
      ("flags", .list(row.flags.map { .text($0.code) })),
    ])
  }

  /// Milliseconds an image; null where none were measured.
  private static func times(_ times: ExperimentTimes?) -> JSONValue {
    guard let times else { return .null }
    func number(_ number: ExperimentTimes.Number) -> JSONValue {
      .object([("value", .number(number.value)), ("sd", .optional(number.deviation))])
    }
    return .object([
      ("final", number(times.final)), ("early", number(times.early)),
      ("speedup", number(times.speedup)), ("runs", .integer(times.runs)),
    ])
  }

  /// Exit by exit, then the means, then with early exit.
  private static func numbers(_ arm: ModelResult) -> [(AuditMeasure, AuditPlace, Estimate?)] {
    var rows: [(AuditMeasure, AuditPlace, Estimate?)] = []
    func add(_ place: AuditPlace, _ consistency: ConsistencyResult?) {
      guard let consistency else { return }
      rows += [
        (.cosine, place, consistency.cosine), (.excess, place, consistency.excess),
        (.centred, place, consistency.centred),
      ]
    }
    for exit in arm.exits {
      add(.exit(exit.exit), exit.consistency)
      rows.append((.spread, .exit(exit.exit), exit.spread.map { Estimate($0) }))
      rows.append((.accuracy, .exit(exit.exit), exit.accuracy))
    }
    add(.mean, arm.mean.consistency)
    rows.append((.accuracy, .earlyExit, arm.earlyExit.accuracy))
    return rows
  }
}
