import Analysis

/// The paper's two tables for a list of models: `models-consistency.tex` and `models-early-exit.tex`.
enum PaperModelTables {
  /// A model, or what the paper reports, for a reader to put beside it.
  enum Row: Sendable {
    case model(ModelResult, ModelTimes?)
    case published(PublishedNumbers.Row)
    case publishedTimes

    var model: ModelResult? {
      if case .model(let model, _) = self { return model }
      return nil
    }

    var times: ModelTimes? {
      if case .model(_, let times) = self { return times }
      return nil
    }
  }

  /// Empty for a report of one model or two, whose other tables say as much.
  static func all(
    _ context: ReportContext, _ captions: PaperCaptions
  ) -> [(name: String, text: String)] {
    let result = context.result
    guard result.models.count > 2 || result.missing != nil else { return [] }
    let models = result.models.map { model in
      Row.model(
        model, ModelTimes(context.recordings[model.index], threshold: result.threshold))
    }
    // A sweep repeats the paper's experiment; other models have nothing to do with it.
    let isSweep = result.missing != nil
    return [
      (
        "models-consistency",
        TeXTableWriter.document(
          consistency(
            context, captions,
            rows: models + (isSweep ? PublishedNumbers.rows.map { .published($0) } : []),
            note: isSweep ? " Published: \(PublishedNumbers.source), from other data." : ""))
      ),
      (
        "models-early-exit",
        TeXTableWriter.document(
          earlyExit(
            context, captions, rows: models + (isSweep ? [.publishedTimes] : []),
            note: isSweep ? " Published: \(PublishedNumbers.source), other data and machine." : ""))
      ),
    ]
  }

  private static func consistency(
    _ context: ReportContext, _ captions: PaperCaptions, rows: [Row], note: String
  ) -> Table<Row> {
    let numbers = context.numbers
    func cosine(_ key: String, _ title: String, _ place: Place) -> Column<Row> {
      Column(key, title, hasBounds: true) { row in
        switch row {
        case .model(let model, _): .own(numbers[.cosine, place, model: model.index])
        case .published(let row) where place == .early: .number(row.consistency)
        default: .number(nil)
        }
      }
    }
    let exits = (1...max(1, context.earlyExitCount)).prefix(context.earlyExitCount)
    return Table(
      exits.map { cosine("exit_\($0)", "Exit \($0)", .exit($0)) } + [
        cosine("mean", "Mean", .early),
        Column("accuracy", "Accuracy", nil, .percent(2), hasBounds: true) { row in
          switch row {
          case .model(let model, _):
            .own(numbers[.accuracy, .exit(model.exits.count), model: model.index])
          case .published(let row): .number(row.accuracy)
          case .publishedTimes: .number(nil)
          }
        },
      ], rows: rows,
      layout: layout(
        "models-consistency",
        """
        Cosine of each early exit’s \(context.mapPhrase) with the final exit’s, and accuracy (%) of the final exit, on \
        \(captions.data). \(captions.intervals)\(note)
        """, context))
  }

  private static func earlyExit(
    _ context: ReportContext, _ captions: PaperCaptions, rows: [Row], note: String
  ) -> Table<Row> {
    let numbers = context.numbers
    func time(
      _ key: String, _ title: String, published: Double,
      _ figure: @escaping @Sendable (ModelTimes) -> ModelTimes.Figure
    ) -> Column<Row> {
      .number(key, title, "ms", .fixed(2)) { row in
        if case .publishedTimes = row { return published }
        return row.times.map(figure)?.value
      }
    }
    return Table(
      [
        Column("final_accuracy", "Accuracy", "final", .percent(2), hasBounds: true) { row in
          .own(
            row.model.flatMap { numbers[.accuracy, .exit($0.exits.count), model: $0.index] })
        },
        Column("early_accuracy", "Accuracy", "early exit", .percent(2), hasBounds: true) { row in
          .own(row.model.flatMap { numbers[.accuracy, .earlyStop, model: $0.index] })
        },
        .number("cost", "Cost", "%", .percent) { $0.model?.earlyExitCostShare },
        time("final_ms", "Final exit", published: PublishedNumbers.finalMilliseconds) { $0.final },
        time("early_ms", "Early exit", published: PublishedNumbers.earlyMilliseconds) { $0.early },
      ], rows: rows,
      layout: layout(
        "models-early-exit",
        """
        Accuracy (%), mean cost (multiply–accumulates in % of the final exit’s) and mean time of one image with every \
        image through the final exit, and leaving at the first exit with a confidence of at least \
        \(NumberFormat.fixed(context.result.threshold, 2)), on \(captions.data). \(captions.intervals)\(note)
        """, context))
  }

  private static func layout(
    _ id: String, _ caption: String, _ context: ReportContext
  ) -> TableLayout<Row> {
    TableLayout(id: id, label: "", caption: caption, isDivided: { isFirstPublished($0) }) { row in
      switch row {
      case .model(let model, _): RowHead(context.name(model.index))
      case .published(let row):
        RowHead("published, λ = \(NumberFormat.exact(row.lambda) ?? NumberFormat.missing)")
      case .publishedTimes: RowHead("published")
      }
    }
  }

  private static func isFirstPublished(_ row: Row) -> Bool {
    switch row {
    case .model: false
    case .published(let row): row.lambda == PublishedNumbers.rows[0].lambda
    case .publishedTimes: true
    }
  }
}
