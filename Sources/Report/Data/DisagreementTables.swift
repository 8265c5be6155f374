import Analysis

/// The files behind the disagreement pages; header lines alone where no models were compared.
enum DisagreementTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("disagreement", numbers(context)),
      DataFile("disagreement-samples", isInJSON: false, samples(context)),
    ]
  }

  /// Two sides, the `first` against the `second`: the reference against a model, or an exit against the final one.
  private struct Row: Sendable {
    var model: String?
    var reference: String?
    var what: String
    var place: Place?
    var runs: (reference: Int, model: Int)?
    var answers: (bothRight: Int, onlyFirst: Int, onlySecond: Int, bothWrong: Int)?
    var difference: Estimate?
    var p: Double?
    var holmP: Double?
    var same: SameAnswer?
    var errors: ConfidentErrors?
  }

  private static func numbers(_ context: ReportContext) -> Table<Row> {
    Table(
      [
        .text("model") { $0.model }, .text("reference") { $0.reference },
        .text("comparison") { $0.what },
        Column("place") { row in
          switch row.place {
          case .exit(let exit): .integer(exit)
          case nil: .text("final")
          default: .text("leaving")
          }
        },
        .integer("reference_run") { $0.runs?.reference }, .integer("model_run") { $0.runs?.model },
        .integer("both_right") { $0.answers?.bothRight },
        .integer("only_first_right") { $0.answers?.onlyFirst },
        .integer("only_second_right") { $0.answers?.onlySecond },
        .integer("both_wrong") { $0.answers?.bothWrong },
        .estimate("difference") { $0.difference }, .number("p") { $0.p },
        .number("holm_p") { $0.holmP }, .integer("same_answer") { $0.same?.count },
        .integer("elsewhere") { $0.same?.null == nil ? nil : $0.same?.elsewhere },
        .estimate("elsewhere_share") { $0.same?.share },
        .number("elsewhere_chance") { $0.same?.chance }, .number("null") { $0.same?.null },
        .integer("confident") { $0.errors?.confident },
        .integer("confident_wrong") { $0.errors?.confidentWrong },
        .estimate("confident_wrong_share") { $0.errors?.share },
        .integer("wrong") { $0.errors?.wrong },
      ], rows: context.result.comparisons.flatMap { rows($0, context.result.models) })
  }

  private static func rows(_ comparison: Comparison, _ models: [ModelResult]) -> [Row] {
    guard let disagreement = comparison.disagreement else { return [] }
    let (model, reference) = (models[comparison.model].name, models[comparison.reference].name)
    var rows = disagreement.tables.flatMap { table in
      table.rows.map { row in
        Row(
          model: model, reference: reference, what: "models", place: row.place,
          runs: (table.reference, table.model),
          answers: (
            row.test.bothRight, row.test.onlyReferenceRight, row.test.onlyModelRight,
            row.test.bothWrong
          ), difference: row.difference, p: row.test.p, holmP: row.holmP)
      }
    }
    rows.append(
      Row(
        model: model, reference: reference, what: "same answer of both models",
        same: disagreement.models))
    // The reference's own exits stand there once, not with every comparison.
    let first = comparison.model == (comparison.reference == 0 ? 1 : 0)
    let sides =
      (first ? [(reference, disagreement.referenceExits, disagreement.referenceConfidence)] : [])
      + [(model, disagreement.modelExits, disagreement.modelConfidence)]
    for (name, exits, _) in sides {
      rows += exits.map { exit in
        Row(
          model: name, what: "exit against final", place: .exit(exit.exit),
          answers: (
            exit.bothRight, exit.onlyExitRight, exit.onlyFinalRight, exit.bothWrong
          ), difference: exit.difference, p: exit.p, holmP: exit.holmP, same: exit.sameAnswer)
      }
    }
    for (name, _, errors) in sides {
      rows += errors.map {
        Row(model: name, what: "confident and wrong", place: $0.place, errors: $0)
      }
    }
    return rows
  }

  private struct Listed: Sendable {
    var comparison: Comparison
    var list: DisagreementList
    var rank: Int
    var sample: SampleResult
  }

  /// Whole lists, in their order; the page shows the first of each.
  private static func samples(_ context: ReportContext) -> Table<Listed> {
    let result = context.result
    func side(
      _ name: String, _ model: @escaping @Sendable (Comparison) -> Int
    ) -> [Column<Listed>] {
      let own: @Sendable (Listed) -> SampleModel? = { $0.sample.models[model($0.comparison)] }
      return [
        .integer("\(name)_prediction") { own($0)?.predictions.last },
        .number("\(name)_confidence") { own($0)?.confidences.last },
        Column("\(name)_right_exits") { row in
          let answers = own(row)?.predictions ?? []
          return .list(
            answers.indices.filter { answers[$0] == row.sample.label }.map { .integer($0 + 1) })
        },
      ]
    }
    return Table(
      [
        .text("model") { result.models[$0.comparison.model].name },
        .text("reference") { result.models[$0.comparison.reference].name },
        .text("list") { $0.list.rawValue }, .integer("rank") { $0.rank },
        .integer("sample") { $0.sample.index },
        .text("identifier") { context.identifier($0.sample.index) },
        .integer("label") { $0.sample.label },
        .number("final_cosine") { $0.sample.finalCosines[$0.comparison.model] },
      ] + side("reference") { $0.reference } + side("model") { $0.model },
      rows: result.comparisons.flatMap { comparison -> [Listed] in
        guard let disagreement = comparison.disagreement else { return [] }
        return DisagreementList.allCases.flatMap { list in
          list.samples(disagreement).enumerated().map { rank, position in
            Listed(
              comparison: comparison, list: list, rank: rank + 1,
              sample: result.samples[position])
          }
        }
      })
  }
}
