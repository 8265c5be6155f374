import Analysis
import Rendering

/// The files of the consistency page, beside `exits.csv` and `numbers.csv`.
enum MapTables {
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("distribution", isInJSON: false, distribution(context)),
      DataFile("matrix", matrix(context)), DataFile("correctness", correctness(context)),
      DataFile("per-class", isInJSON: false, classes(context)),
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

  private static func correctness(
    _ context: ReportContext
  ) -> Table<(model: String, exit: Int, result: CorrectnessResult)> {
    Table(
      [
        .text("model") { $0.model }, .integer("exit") { $0.exit },
        .integer("right_n") { $0.result.rightN }, .integer("wrong_n") { $0.result.wrongN },
        .number("right_cosine") { $0.result.right }, .number("wrong_cosine") { $0.result.wrong },
        .estimate("difference") { $0.result.difference }, .estimate("auroc") { $0.result.auroc },
      ],
      rows: context.result.models.flatMap { model in
        model.exits.compactMap { exit in
          exit.correctness.map { (model.name, exit.exit, $0) }
        }
      })
  }

  /// A class under a model, or a model's difference from the reference in it.
  private struct ClassRow: Sendable {
    var entry: ClassResult
    var model: String
    var reference: String?
    /// nil for the mean over the early exits.
    var exit: Int?
    var place: Place
    var subject: Subject
  }

  /// Every class at every early exit and over them ("mean").
  private static func classes(_ context: ReportContext) -> Table<ClassRow> {
    let (result, numbers) = (context.result, context.numbers)
    let rows = result.classes.flatMap { entry -> [ClassRow] in
      let own = context.sharingSamples.flatMap { index -> [ClassRow] in
        let model = result.models[index]
        func row(_ exit: Int?) -> ClassRow {
          ClassRow(
            entry: entry, model: model.name, exit: exit,
            place: exit.map { .labelAtExit(entry.label, exit: $0) } ?? .label(entry.label),
            subject: .model(index))
        }
        return model.exits.dropLast().map { row($0.exit) } + [row(nil)]
      }
      return own
        + context.compared.map { comparison in
          ClassRow(
            entry: entry, model: result.models[comparison.model].name,
            reference: result.models[comparison.reference].name, place: .label(entry.label),
            subject: .difference(comparison.model))
        }
    }
    return Table(
      [
        .integer("label") { $0.entry.label },
        .text("class") { row in
          let names = result.classNames
          return names.indices.contains(row.entry.label) ? names[row.entry.label] : ""
        },
        .integer("images") { $0.entry.sampleCount }, .flag("few") { $0.entry.isSmall },
        .text("model") { $0.model }, .text("reference") { $0.reference },
        Column("exit") { row in row.exit.map { .integer($0) } ?? .text("mean") },
        .integer("n") { row in
          row.reference == nil ? numbers[.cosine, row.place, row.subject]?.n ?? 0 : nil
        },
        .estimate("cosine") { numbers[.cosine, $0.place, $0.subject]?.estimate },
        .number("centred") { numbers[.centred, $0.place, $0.subject]?.value },
        .number("excess") { numbers[.excess, $0.place, $0.subject]?.value },
        .number("same_class_excess") { numbers[.sameClassExcess, $0.place, $0.subject]?.value },
        .estimate("accuracy") { numbers[.accuracy, $0.place, $0.subject]?.estimate },
      ], rows: rows)
  }
}
