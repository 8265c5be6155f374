import Analysis

/// Every number about a model or a difference, at an exit, over the early exits and where images leave.
enum NumberTables {
  /// A row a number.
  struct Row: Sendable {
    let measure: Measure
    let place: Place
    let subject: Subject
    let number: Number

    var isDifference: Bool {
      if case .difference = subject { return true }
      return false
    }
  }

  /// `exits.csv`: a row an exit and model, and one for the mean of the early exits.
  static func exits(_ context: ReportContext) -> Table<PlaceRow> {
    let rows = context.placeRows(context.places).filter { !$0.isDifference }
    // Model by model, as one reads a file.
    return Table(
      PlaceColumns.all,
      rows: context.models.flatMap { model in rows.filter { $0.subject == .model(model) } })
  }

  /// `numbers.csv`: everything that is known of every number.
  static func numbers(_ context: ReportContext) -> Table<Row> {
    Table(
      place(context) + [
        .estimate("value") { $0.number.estimate }, .number("null") { $0.number.null },
        .integer("n") { $0.number.n }, .integer("undefined") { $0.number.undefined },
        .number("p") { $0.number.p }, .number("holm_p") { $0.number.holmP },
        .estimate("effect_size") { $0.number.effectSize },
        .integer("both_right") { $0.number.mcNemar?.bothRight },
        .integer("only_reference_right") { $0.number.mcNemar?.onlyReferenceRight },
        .integer("only_model_right") { $0.number.mcNemar?.onlyModelRight },
        .integer("both_wrong") { $0.number.mcNemar?.bothWrong },
        .number("mcnemar_p") { $0.number.mcNemar?.p },
        .number("mcnemar_mid_p") { $0.number.mcNemar?.midP },
        .number("odds_ratio") { $0.number.mcNemar?.oddsRatio },
        .number("odds_ratio_low") { $0.number.mcNemar?.oddsRatioLow },
        .number("odds_ratio_high") { $0.number.mcNemar?.oddsRatioHigh },
        .number("sd_over_runs") { $0.number.runs?.deviation },
        .estimate("over_runs") { $0.number.runs?.estimate },
        .number("degrees_of_freedom") { $0.number.runs?.degreesOfFreedom },
        .number("p_over_runs") { $0.number.runs?.p },
        .number("holm_p_over_runs") { $0.number.runs?.holmP },
        .estimate("nested") { $0.number.runs?.nested },
      ], rows: rows(context))
  }

  /// `seeds.csv`: every training run's own number; of a difference, that of every matched pair.
  static func seeds(_ context: ReportContext) -> Table<(row: Row, run: Int)> {
    let result = context.result
    let rows = rows(context).flatMap { row in
      (row.number.runs?.values ?? []).indices.map { (row: row, run: $0) }
    }
    let places = place(context).map { column in
      Column<(row: Row, run: Int)>(column.key, in: column.writers) { column.value($0.row) }
    }
    return Table(
      places + [
        .integer("run") { $0.run + 1 },
        Column("seed") { entry in
          switch entry.row.subject {
          case .model(let model): .unsigned(result.models[model].seeds[entry.run])
          case .difference(let model):
            {
              let comparison = result.comparison(of: model)!
              let pairs = comparison.paired?.design?.pairs
              let run = pairs?[entry.run].reference ?? entry.run
              return .unsigned(result.models[comparison.reference].seeds[run])
            }()
          }
        },
        .number("value") { $0.row.number.runs?.values[$0.run] },
      ], rows: rows)
  }

  /// Model by model, then difference by difference; in each exit by exit, then the mean, then where images leave.
  private static func rows(_ context: ReportContext) -> [Row] {
    let subjects =
      context.models.map(Subject.model) + context.compared.map { .difference($0.model) }
    return subjects.flatMap { subject in
      Place.all(exitCount: max(1, context.exitCount)).flatMap { place in
        Measure.all.compactMap { measure in
          context.numbers[measure, place, subject].map {
            Row(measure: measure, place: place, subject: subject, number: $0)
          }
        }
      }
    }
  }

  private static func place(_ context: ReportContext) -> [Column<Row>] {
    [
      .model { context.owner($0.subject) }, .reference { context.owner($0.subject) },
      .text("measure") { $0.measure.key },
      .text("place") { $0.place.key }, .integer("exit") { $0.place.exit },
    ]
  }
}

extension Place {
  /// In files: "exit", "mean", "early-exit", "class".
  var key: String {
    switch self {
    case .exit: "exit"
    case .early: "mean"
    case .earlyStop: "early-exit"
    case .label, .labelAtExit: "class"
    }
  }

  /// nil for a place that is no exit.
  var exit: Int? {
    if case .exit(let exit) = self { return exit }
    return nil
  }
}
