import Analysis

/// Numbers over training runs: rows of `numbers.csv`, for a page. And each run's own.
enum RunsTables {
  typealias Row = NumberTables.Row

  /// A measure and where it is taken, in a model with so many exits.
  private struct Headline: Sendable {
    var measure: Measure
    var detail: String
    var place: @Sendable (_ exitCount: Int) -> Place

    var title: String { measure.name + (measure.format == .percent ? ", %" : "") }
  }

  private static let headlines: [Headline] = [
    Headline(measure: .cosine, detail: "mean of early exits", place: { _ in .early }),
    Headline(measure: .excess, detail: "mean of early exits", place: { _ in .early }),
    Headline(measure: .centred, detail: "mean of early exits", place: { _ in .early }),
    Headline(measure: .spread, detail: "final exit", place: { .exit($0) }),
    Headline(measure: .accuracy, detail: "final exit", place: { .exit($0) }),
    Headline(measure: .accuracy, detail: "leaving early", place: { _ in .earlyStop }),
  ]

  /// The numbers that the summary speaks of.
  static func headline(_ context: ReportContext) -> Table<Row> {
    let rows = NumberTables.numbers(context).rows
    return table(
      context,
      headlines.flatMap { headline in
        rows.filter { row in
          let exits = context.result.models[context.owner(row.subject).index].exits.count
          return row.measure == headline.measure && row.place == headline.place(exits)
        }
      }, id: "headline", label: "Table: headline numbers over runs",
      caption: """
        Mean over runs with the 95\u{A0}% interval over images and runs, and the standard deviation over runs (of Δ: over \
        pairs of runs). p tests Δ = 0 over both; it is Holm-adjusted over the exits of its measure where it stands at an \
        exit, and not adjusted elsewhere. Bold: the interval excludes 0 and the test rejects at 0.05 before adjustment.
        """)
  }

  /// Every exit's.
  static func exits(_ context: ReportContext) -> Table<Row> {
    let rows = NumberTables.numbers(context).rows.filter { $0.number.runs != nil }
    return table(
      context,
      (1...max(1, context.exitCount)).flatMap { exit in
        Measure.tested.flatMap { measure in
          rows.filter { $0.measure == measure && $0.place == .exit(exit) }
        }
      }, id: "exits-over-runs", label: "Table: every exit over runs",
      caption: "As above, at each exit; p is Holm-adjusted over the exits.")
  }

  private static func table(
    _ context: ReportContext, _ rows: [Row], id: String, label: String, caption: String
  ) -> Table<Row> {
    let columns: [Column<Row>] = [
      Column(
        "over_runs", "Mean", hasBounds: true,
        value: { row in
          let runs = row.number.runs?.estimate
          let finding = row.number.finding
          return row.isDifference
            ? .difference(runs, isClear: finding == .higher || finding == .lower) : .estimate(runs)
        }),
      Column("sd_over_runs", "SD", "over runs", hasBounds: true) { row in
        let deviation = row.number.runs?.deviation.map { Estimate($0) }
        return .estimate(deviation)
      },
      Column("p_over_runs", "p", nil, .p) { row in
        row.isDifference ? .number(row.number.runs?.holmP ?? row.number.runs?.p) : .blank
      },
      Column("nested", "Nested bootstrap", hasBounds: true) { row in
        row.isDifference ? .difference(row.number.runs?.nested, isClear: false) : .blank
      },
    ]
    return Table(
      columns.map { column in
        var column = column
        switch column.key {
        case "p_over_runs": break
        case "sd_over_runs": column.rowStyle = { $0.measure.style.unsigned }
        default: column.rowStyle = { $0.measure.style }
        }
        return column
      }, rows: rows.filter { $0.number.runs != nil },
      layout: TableLayout(
        id: id, label: label, caption: caption, files: ["numbers.csv"], groupColumn: "Number",
        group: { group($0, context) }, head: { context.owner($0.subject).head }))
  }

  private static func group(_ row: Row, _ context: ReportContext) -> GroupHead {
    let name = row.measure.name + (row.measure.format == .percent ? ", %" : "")
    let exits = context.result.models[context.owner(row.subject).index].exits.count
    return switch row.place {
    case .exit(let exit): GroupHead(name, exit == exits ? "final exit" : "exit \(exit)")
    case .early: GroupHead(name, "mean of early exits")
    default: GroupHead(name, "leaving early")
    }
  }

  // MARK: Each run

  typealias Run = (model: ModelResult, run: Int)

  /// Every run's headline numbers.
  static func each(_ context: ReportContext) -> Table<Run> {
    let numbers = context.numbers
    let columns = headlines.enumerated().map { number, headline in
      Column<Run>.number(
        "number_\(number)", headline.title, headline.detail, headline.measure.style
      ) { row in
        numbers[headline.measure, headline.place(row.model.exits.count), model: row.model.index]?
          .runs?.values[row.run]
      }
    }
    return Table(
      [
        Column("seed", "Seed", nil, .text) { row in
          row.model.seeds[row.run].map { .unsigned($0) } ?? .text("not provided")
        }
      ] + columns,
      rows: context.result.models.filter { $0.seeds.count > 1 }.flatMap { model in
        model.seeds.indices.map { (model: model, run: $0) }
      },
      layout: TableLayout(
        id: "each-run", label: "Table: each run", caption: "Headline numbers of every run.",
        files: ["seeds.csv"], groupColumn: "Model", rowColumn: "Run",
        group: { GroupHead(context.name($0.model.index)) },
        head: { row in
          var head = context.owner(row.model.index).head
          head.name = String(row.run + 1)
          return head
        }))
  }
}
