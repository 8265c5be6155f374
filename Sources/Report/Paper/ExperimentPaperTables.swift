import Analysis

/// The paper's two tables for a sweep: `sweep-consistency.tex` and `sweep-early-exit.tex`.
struct ExperimentPaperTables {
  private let experiment: Experiment
  private let context: ReportContext

  /// Empty for a report of two models.
  static func all(_ context: ReportContext) -> [(String, TeXTable?)] {
    guard let experiment = context.result.experiment else { return [] }
    let tables = ExperimentPaperTables(experiment: experiment, context: context)
    return [("sweep-consistency", tables.consistency), ("sweep-early-exit", tables.earlyExit)]
  }

  private var consistency: TeXTable {
    let early = context.earlyExitCount
    let missing = TeXTable.Cell(TeXNumber.missing)
    var rows = rows { row in
      (0..<early).map { exit in
        cell(row.arm.exits[exit].consistency?.cosine, row, .cosine, .exit(exit + 1))
      } + [
        cell(row.arm.mean.consistency?.cosine, row, .cosine, .mean),
        cell(row.arm.exits.last?.accuracy, row, .accuracy, .exit(context.exitCount), in: 100),
      ]
    }
    for (index, row) in PublishedNumbers.rows.enumerated() {
      rows.append(
        TeXTable.Row(
          cells: [
            .init(index == 0 ? "published" : ""),
            .init(NumberFormat.exact(row.lambda) ?? TeXNumber.missing),
          ]
            + [TeXTable.Cell](repeating: missing, count: early) + [
              .init(TeXNumber.fixed(row.consistency)),
              .init(TeXNumber.fixed(row.accuracy.map { 100 * $0 }, 2)),
            ], isDivided: index == 0))
    }
    return TeXTable(
      label: "tab:sweep-consistency",
      caption: TeXText.escaped(
        "Cosine of each early exit’s attention map with the final exit’s, and accuracy (%) of the final exit, on "
          + "\(data). \(spread) Published: \(PublishedNumbers.source), from other data."),
      isWide: true, textColumns: 1,
      headings: [
        [.init(text: "Form", columns: 1), .init(text: "$\\lambda$", columns: 1)]
          + (0..<early).map { .init(text: "Exit \($0 + 1)", columns: 1) }
          + [.init(text: "Mean", columns: 1), .init(text: "Accuracy", columns: 1)]
      ], rows: rows)
  }

  private var earlyExit: TeXTable {
    var rows = rows { row in
      let final = row.arm.exits.last
      let times = row.times(threshold: context.result.threshold)
      return [
        cell(final?.accuracy, row, .accuracy, .exit(context.exitCount), in: 100),
        cell(row.arm.earlyExit.accuracy, row, .accuracy, .earlyExit, in: 100),
        .init(TeXNumber.fixed(row.arm.earlyExitCostShare.map { 100 * $0 }, 1)),
        .init(TeXNumber.fixed(times?.final.value, 2)),
        .init(TeXNumber.fixed(times?.early.value, 2)),
      ]
    }
    let missing = TeXTable.Cell(TeXNumber.missing)
    rows.append(
      TeXTable.Row(
        cells: [
          .init("published"), missing, missing, missing, missing,
          .init(TeXNumber.fixed(PublishedNumbers.finalMilliseconds, 2)),
          .init(TeXNumber.fixed(PublishedNumbers.earlyMilliseconds, 2)),
        ], isDivided: true))
    let threshold = NumberFormat.fixed(context.result.threshold, 2)
    return TeXTable(
      label: "tab:sweep-early-exit",
      caption: TeXText.escaped(
        "Accuracy (%), mean cost (multiply–accumulates in % of the final exit’s) and mean time of one image with every "
          + "image through the final exit, and leaving at the first exit with a confidence of at least \(threshold), on "
          + "\(data). \(spread) Published: \(PublishedNumbers.source), other data and machine."),
      isWide: true, textColumns: 1,
      headings: [
        [
          .init(text: "", columns: 2), .init(text: "Accuracy", columns: 2),
          .init(text: "", columns: 1), .init(text: "Milliseconds", columns: 2),
        ],
        ["Form", "$\\lambda$", "final", "early exit", "Cost", "final", "early exit"].map {
          .init(text: $0, columns: 1)
        },
      ], rows: rows)
  }

  /// A row a setting; a line above each new form.
  private func rows(_ cells: (Experiment.Row) -> [TeXTable.Cell]) -> [TeXTable.Row] {
    var last: String?
    return experiment.rows.map { row in
      let form = ExperimentTables.form(row)
      let isNew = form != last
      defer { last = form }
      return TeXTable.Row(
        cells: [
          .init(isNew ? TeXText.name(form, limit: 40) : ""),
          .init(NumberFormat.exact(row.lambda) ?? TeXNumber.missing),
        ] + cells(row), isDivided: isNew && last != nil)
    }
  }

  private func cell(
    _ estimate: Estimate?, _ row: Experiment.Row, _ measure: AuditMeasure, _ place: AuditPlace,
    in unit: Double = 1
  ) -> TeXTable.Cell {
    let decimals = unit == 1 ? 3 : 2
    let value = estimate.map { unit * $0.value }
    guard let deviation = row.arm.runs.number(measure, place)?.deviation else {
      return TeXTable.Cell(TeXNumber.fixed(value, decimals))
    }
    return TeXTable.Cell(TeXNumber.spread(value, unit * deviation, decimals))
  }

  private var data: String { "\(context.title) (\(context.sampleCountText))" }

  /// What ± is, and over how many runs.
  private var spread: String {
    let counts = Set(experiment.rows.map(\.arm.seeds.count)).sorted()
    guard let most = counts.last, most > 1 else { return "One training run a setting." }
    let runs = counts.count == 1 ? "\(most)" : "\(counts[0]) to \(most)"
    return "±: standard deviation over \(runs) training runs."
  }
}
