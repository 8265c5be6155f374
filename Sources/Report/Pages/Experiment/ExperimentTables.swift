import Analysis

/// The tables of the experiment page: a group a form, a row a λ.
struct ExperimentTables {
  private let experiment: Experiment
  private let context: ReportContext

  init(_ experiment: Experiment, _ context: ReportContext) {
    self.experiment = experiment
    self.context = context
  }

  /// "stop-gradient, λ = 1"; of another architecture than the paper's "residual, stop-gradient, λ = 1"
  static func name(_ row: Experiment.Row) -> String {
    "\(form(row)), \(weight(row.lambda))"
  }

  static func form(_ row: Experiment.Row) -> String {
    let form = DisplayText.name(row.form)
    return row.architecture == "plain" ? form : "\(DisplayText.name(row.architecture)), \(form)"
  }

  private static func weight(_ lambda: Double) -> String {
    "λ = \(NumberFormat.exact(lambda) ?? NumberFormat.missing)"
  }

  /// Table I of the paper.
  var consistency: GroupedTable {
    let early = context.earlyExitCount
    let missing = GroupedTable.Cell(value: NumberFormat.missing)
    var groups = groups { row in
      [GroupedTable.Cell.count(row.arm.seeds.count)]
        + (0..<early).map { exit in
          cell(row.arm.exits[exit].consistency?.cosine, row, .cosine, .exit(exit + 1))
        } + [
          cell(row.arm.mean.consistency?.cosine, row, .cosine, .mean),
          cell(
            row.arm.exits.last?.accuracy, row, .accuracy, .exit(context.exitCount),
            { NumberFormat.percent($0, 2) }),
        ]
    }
    groups.append(
      published { row in
        [missing] + [GroupedTable.Cell](repeating: missing, count: early) + [
          .number(row.consistency), .number(row.accuracy) { NumberFormat.percent($0, 2) },
        ]
      })
    return GroupedTable(
      id: "table-1", label: "Table: consistency and accuracy of every setting",
      caption: """
        Cosine of each early exit’s map with the final one’s, and accuracy of the final exit: mean ± standard \
        deviation over training runs, or with one run its 95 % interval over images
        """,
      groupColumn: "Form", rowColumn: "Weight",
      columns: [.init("Runs")] + (0..<early).map { .init("Exit \($0 + 1)") }
        + [.init("Mean"), .init("Accuracy, %")], groups: groups, isDense: true)
  }

  /// What every setting changes.
  var differences: GroupedTable {
    let groups = groups(withBaseline: false) { row in
      let paired = row.paired?.mean
      let cosine = paired?.cosine
      let base = experiment.baseline(of: row)?.arm.mean.consistency?.cosine.value
      let relative = cosine.flatMap { cosine in
        base.flatMap { $0 > 0 ? cosine.delta.value / $0 : nil }
      }
      let final = row.paired?.exits.last
      return [
        Self.difference(cosine),
        GroupedTable.Cell(value: NumberFormat.points(relative)),
        Self.difference(paired?.excess), Self.difference(paired?.centred),
        Self.difference(final?.accuracy, { NumberFormat.points($0) }),
        Self.difference(final?.spread, { NumberFormat.signed($0, 2) }),
      ]
    }
    return GroupedTable(
      id: "differences", label: "Table: differences from the baseline",
      caption: """
        Each setting minus its architecture’s baseline: agreement as means over the early exits, accuracy and spread of the final \
        exit; with 95 % intervals \(Self.scope(experiment.rows)), not adjusted for the number of settings; bold where the test rejects \
        “no difference” at 0.05
        """,
      groupColumn: "Form", rowColumn: "Weight",
      columns: [
        .init("Δ cosine"), .init("Relative", "% of baseline’s"), .init("Δ excess"),
        .init("Δ centred r"), .init("Δ accuracy", "points"), .init("Δ spread", "final map"),
      ], groups: groups, isDense: true)
  }

  /// Table II of the paper.
  var earlyExit: GroupedTable {
    var groups = groups { row in
      let final = row.arm.exits.last
      let times = row.times(threshold: context.result.threshold)
      return [
        cell(
          final?.accuracy, row, .accuracy, .exit(context.exitCount), { NumberFormat.percent($0, 2) }
        ),
        cell(
          row.arm.earlyExit.accuracy, row, .accuracy, .earlyExit, { NumberFormat.percent($0, 2) }),
        .number(row.arm.earlyExitCostShare) { NumberFormat.percent($0) },
        Self.time(times?.final), Self.time(times?.early), Self.time(times?.speedup),
      ]
    }
    let missing = GroupedTable.Cell(value: NumberFormat.missing)
    let (final, early) = (PublishedNumbers.finalMilliseconds, PublishedNumbers.earlyMilliseconds)
    groups.append(
      GroupedTable.Group(
        name: "published", detail: "other data",
        rows: [
          .other(
            "early exit",
            [
              missing, missing, missing, .number(final) { NumberFormat.fixed($0, 2) },
              .number(early) { NumberFormat.fixed($0, 2) },
              .number(final / early) { NumberFormat.fixed($0, 2) },
            ])
        ]))
    let threshold = NumberFormat.fixed(context.result.threshold, 2)
    return GroupedTable(
      id: "table-2", label: "Table: accuracy and cost with and without early exit",
      caption: """
        With every image through the final exit, and leaving at the first exit with a confidence of at least \
        \(threshold). Cost: mean multiply–accumulates in per cent of the final exit’s. Times: an image’s \
        mean in milliseconds, one image at a time, then mean ± standard deviation over training runs, where they \
        were measured
        """,
      groupColumn: "Form", rowColumn: "Weight",
      columns: [
        .init("Accuracy, %", "final exit"), .init("Accuracy, %", "early exit"),
        .init("Cost, %", "of final"), .init("ms", "final exit"), .init("ms", "early exit"),
        .init("Speed-up", "×"),
      ], groups: groups, isDense: true)
  }

  // MARK: Parts

  private func groups(
    withBaseline: Bool = true, _ cells: (Experiment.Row) -> [GroupedTable.Cell]
  ) -> [GroupedTable.Group] {
    var groups: [GroupedTable.Group] = []
    for row in experiment.rows where withBaseline || row.paired != nil {
      let name = Self.form(row)
      if groups.last?.name != name {
        groups.append(GroupedTable.Group(name: name, detail: "", rows: []))
      }
      groups[groups.count - 1].rows.append(.other(Self.weight(row.lambda), cells(row)))
    }
    return groups
  }

  private func published(
    _ cells: (PublishedNumbers.Row) -> [GroupedTable.Cell]
  ) -> GroupedTable.Group {
    GroupedTable.Group(
      name: "published", detail: "other data",
      rows: PublishedNumbers.rows.map { .other(Self.weight($0.lambda), cells($0)) })
  }

  private func cell(
    _ estimate: Estimate?, _ row: Experiment.Row, _ measure: AuditMeasure, _ place: AuditPlace,
    _ format: @escaping (Double?) -> String = { NumberFormat.fixed($0) }
  ) -> GroupedTable.Cell {
    guard let deviation = row.arm.runs.number(measure, place)?.deviation else {
      return .number(estimate, format)
    }
    return GroupedTable.Cell(value: "\(format(estimate?.value)) ± \(format(deviation))")
  }

  private static func time(_ number: ExperimentTimes.Number?) -> GroupedTable.Cell {
    let texts = [number?.value, number?.deviation].compactMap { $0 }.map {
      NumberFormat.fixed($0, 2)
    }
    return GroupedTable.Cell(
      value: texts.isEmpty ? NumberFormat.missing : texts.joined(separator: " ± "))
  }

  private static func difference(
    _ number: PairedNumber?, _ format: (Double?) -> String = { NumberFormat.signed($0) }
  ) -> GroupedTable.Cell {
    GroupedTable.Cell(
      value: format(number?.interval.value),
      interval: NumberFormat.interval(number?.interval, format),
      isClear: number?.finding == .higher || number?.finding == .lower)
  }

  /// What the settings' intervals and tests are over; a setting with few training runs has them over images alone.
  static func scope(_ rows: [Experiment.Row]) -> String {
    let settings = rows.filter { $0.paired != nil }
    let over = settings.count { $0.paired?.mean.cosine?.isOverRuns == true }
    switch over {
    case 0: return "over images, the training runs held fixed"
    case settings.count: return "over images and training runs"
    default:
      return """
        over images and training runs (over images alone where a setting has fewer than \(RunsEstimate.leastRuns) runs)
        """
    }
  }
}
