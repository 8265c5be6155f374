import Analysis

/// The paper's tables for a list of models: on the page of all models, and for papers.
enum ModelTables {
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

  /// Whether the paper's numbers stand below: in a sweep, which repeats its experiment.
  static func hasPublished(_ context: ReportContext) -> Bool { context.result.missing != nil }

  /// Table I of the paper.
  static func consistency(_ context: ReportContext) -> Table<Row> {
    let numbers = context.numbers
    func cosine(_ key: String, _ title: String, _ place: Place) -> Column<Row> {
      Column(key, title, help: Measure.cosine.definition, hasBounds: true) { row in
        switch row {
        case .model(let model, _): .own(numbers[.cosine, place, model: model.index])
        case .published(let row) where place == .early: .number(row.consistency)
        default: .number(nil)
        }
      }
    }
    let exits = (1...max(1, context.earlyExitCount)).prefix(context.earlyExitCount)
    return Table(
      [.integer("runs", "Runs", in: .page) { $0.model?.seeds.count }]
        + exits.map { cosine("exit_\($0)", "Exit \($0)", .exit($0)) } + [
          cosine("mean", "Mean", .early),
          Column("accuracy", "Accuracy", "%", .percent(2), hasBounds: true) { row in
            switch row {
            case .model(let model, _):
              .own(numbers[.accuracy, .exit(model.exits.count), model: model.index])
            case .published(let row): .number(row.accuracy)
            case .publishedTimes: .number(nil)
            }
          },
        ], rows: rows(context, published: PublishedNumbers.rows.map { .published($0) }),
      layout: layout(
        "table-1", label: "Table: consistency and accuracy of every model",
        """
        Cosine of each early exit’s map with the final one’s, and accuracy of the final exit. \(context.ownSentence)
        """, context))
  }

  /// Table II of the paper.
  static func earlyExit(_ context: ReportContext) -> Table<Row> {
    let numbers = context.numbers
    func time(
      _ key: String, _ title: String, _ detail: String = "ms", published: Double,
      _ figure: @escaping @Sendable (ModelTimes) -> ModelTimes.Figure
    ) -> Column<Row> {
      Column(key, title, detail, .fixed(2), hasBounds: true) { row in
        if case .publishedTimes = row { return .number(published) }
        let figure = row.times.map(figure)
        return .estimate(figure.map { Estimate($0.value) }, deviation: figure?.deviation)
      }
    }
    let (final, early) = (PublishedNumbers.finalMilliseconds, PublishedNumbers.earlyMilliseconds)
    return Table(
      [
        Column("final_accuracy", "Accuracy", "final exit, %", .percent(2), hasBounds: true) { row in
          .own(row.model.flatMap { numbers[.accuracy, .exit($0.exits.count), model: $0.index] })
        },
        Column("early_accuracy", "Accuracy", "early exit, %", .percent(2), hasBounds: true) { row in
          .own(row.model.flatMap { numbers[.accuracy, .earlyStop, model: $0.index] })
        },
        .number("cost", "Cost", "% of final", .percent) { $0.model?.earlyExitCostShare },
        time("final_ms", "Final exit", published: final) { $0.final },
        time("early_ms", "Early exit", published: early) { $0.early },
        time("speedup", "Speed-up", "×", published: final / early) { $0.speedup },
      ], rows: rows(context, published: [.publishedTimes]),
      layout: layout(
        "table-2", label: "Table: accuracy and cost with and without early exit",
        """
        With every image through the final exit, and leaving at the first exit with a confidence of at least \
        \(NumberFormat.fixed(context.result.threshold, 2)). Cost: mean multiply–accumulates in per cent of the final \
        exit’s. Times: an image’s mean in milliseconds, one image at a time, where they were measured. \
        \(context.ownSentence)
        """, context))
  }

  private static func rows(_ context: ReportContext, published: [Row]) -> [Row] {
    context.result.models.map { model in
      Row.model(
        model,
        ModelTimes(context.recordings[model.index], threshold: context.result.threshold))
    } + (hasPublished(context) ? published : [])
  }

  private static func layout(
    _ id: String, label: String, _ caption: String, _ context: ReportContext
  ) -> TableLayout<Row> {
    TableLayout(
      id: id, label: label, caption: caption, isDense: true, isDivided: { isFirstPublished($0) }
    ) { row in
      switch row {
      case .model(let model, _): context.owner(model.index).head
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
