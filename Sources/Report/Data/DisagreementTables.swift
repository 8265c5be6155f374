import Analysis

/// The files behind the disagreement pages; header lines alone where no models were compared.
enum DisagreementTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("disagreement", DisagreementTable.all(context)),
      DataFile("disagreement-samples", isInJSON: false, samples(context)),
    ]
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
