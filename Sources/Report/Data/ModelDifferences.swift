import Analysis

/// What every model changes against its reference: a table of the page of all models.
enum ModelDifferences {
  struct Row: Sendable {
    var owner: RowOwner
    var exitCount: Int
    var numbers: Numbers
    /// The reference's mean cosine of the early exits.
    var base: Double?

    func number(_ measure: Measure, _ place: Place) -> Number? {
      numbers[measure, place, owner.subject]
    }
  }

  static func table(_ context: ReportContext) -> Table<Row> {
    func early(_ measure: Measure, _ title: String) -> Column<Row> {
      Column(measure.key, title, nil, measure.style, help: measure.definition, hasBounds: true) {
        .difference($0.number(measure, .early))
      }
    }
    func final(_ measure: Measure, _ title: String, _ detail: String) -> Column<Row> {
      Column(measure.key, title, detail, measure.style, help: measure.definition, hasBounds: true) {
        .difference($0.number(measure, .exit($0.exitCount)))
      }
    }
    return Table(
      [
        early(.cosine, "Δ cosine"),
        .number("relative", "Relative", "% of reference’s", .points) { row in
          row.number(.cosine, .early).flatMap { cosine in
            row.base.flatMap { $0 > 0 ? cosine.value / $0 : nil }
          }
        },
        early(.excess, "Δ excess"), early(.centred, "Δ centred r"),
        final(.accuracy, "Δ accuracy", "points"), final(.spread, "Δ spread", "final map"),
      ],
      rows: context.compared.map { comparison in
        Row(
          owner: context.owner(comparison),
          exitCount: context.result.models[comparison.model].exits.count, numbers: context.numbers,
          base: context.numbers[.cosine, .early, model: comparison.reference]?.value)
      },
      layout: TableLayout(
        id: "differences", label: "Table: differences from the reference",
        caption: """
          Each model minus its reference: agreement as means over the early exits, accuracy and spread of the final \
          exit; with 95\u{A0}% intervals \(scope(context)), not adjusted for the number of models; bold where the test \
          rejects “no difference” at 0.05.
          """, files: ["numbers.csv"], isDense: true
      ) { context.owner($0.owner.index).head })
  }

  /// What the models' intervals and tests are over; a model with few training runs has them over images alone.
  static func scope(_ context: ReportContext) -> String {
    let over = context.compared.count {
      context.numbers[.cosine, .early, difference: $0.model]?.isOverRuns == true
    }
    switch over {
    case 0: return "over images, the training runs held fixed"
    case context.compared.count: return "over images and training runs"
    default:
      return """
        over images and training runs (over images alone where a model has fewer than \(RunsEstimate.leastRuns) runs)
        """
    }
  }
}
