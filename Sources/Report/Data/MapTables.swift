import Analysis
import Rendering

/// The files of the consistency page, beside `exits.csv` and `numbers.csv`.
enum MapTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("distribution", isInJSON: false, distribution(context)),
      DataFile("matrix", matrix(context)),
      DataFile("correctness", RightWrongTable.table(context)),
      DataFile("per-class", isInJSON: false, ClassTable.table(context)),
    ]
  }

  private struct Bin: Sendable {
    var model: String
    var reference: String?
    var exit: Int
    var low: Double
    var high: Double
    var count: Int
  }

  /// The bins of the histograms that hold something: cosines, and differences of cosines from the reference's.
  private static func distribution(_ context: ReportContext) -> Table<Bin> {
    let models = context.result.models
    var rows: [Bin] = []
    func append(_ model: String, _ reference: String?, _ exit: Int, _ histogram: Histogram?) {
      guard let histogram else { return }
      for (bin, count) in histogram.counts.enumerated() where count > 0 {
        rows.append(
          Bin(
            model: model, reference: reference, exit: exit, low: histogram.edge(bin),
            high: histogram.edge(bin + 1), count: count))
      }
    }
    for model in models {
      for exit in model.exits { append(model.name, nil, exit.exit, exit.cosineHistogram) }
    }
    for comparison in context.compared {
      for exit in comparison.paired!.exits {
        append(
          models[comparison.model].name, models[comparison.reference].name, exit.exit,
          exit.deltaHistogram)
      }
    }
    return Table(
      [
        .text("model") { $0.model }, .text("reference") { $0.reference },
        .integer("exit") { $0.exit }, .number("bin_low") { $0.low },
        .number("bin_high") { $0.high }, .integer("count") { $0.count },
      ], rows: rows)
  }

  private static func matrix(
    _ context: ReportContext
  ) -> Table<(model: String, row: Int, column: Int, cell: ExitMatrix.Cell)> {
    Table(
      [
        .text("model") { $0.model }, .integer("exit_a") { $0.row + 1 },
        .integer("exit_b") { $0.column + 1 }, .integer("n") { $0.cell.n },
        .number("cosine") { $0.cell.cosine }, .number("cosine_null") { $0.cell.cosineNull },
        .number("centred") { $0.cell.centred }, .number("centred_null") { $0.cell.centredNull },
      ],
      rows: context.result.models.flatMap { model in
        (model.matrix?.cells ?? []).enumerated().flatMap { row, cells in
          cells.enumerated().map { (model.name, row, $0, $1) }
        }
      })
  }
}
