import Analysis
import Rendering

/// The CSV files of the consistency page.
enum MapTables {
  static func all(_ context: ReportContext) -> [(name: String, bytes: [UInt8])] {
    [
      ("similarity.csv", similarity(context)), ("distribution.csv", distribution(context)),
      ("matrix.csv", matrix(context)), ("spread.csv", spread(context)),
      ("correctness.csv", correctness(context)), ("per-class.csv", classes(context)),
    ]
  }

  private static func arms(_ context: ReportContext) -> [(name: String, arm: ModelResult)] {
    [("baseline", context.result.baseline), ("egt", context.result.egt)]
  }

  private static func estimate(_ estimate: Estimate?) -> [CSVTable.Cell] {
    [.number(estimate?.value), .number(estimate?.low), .number(estimate?.high)]
  }

  /// Every measure, of both models and of their difference ("delta").
  private static func similarity(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["arm", "exit", "measure", "grid_height", "grid_width", "n", "undefined"]
        + ["value", "low", "high", "null", "null_kind", "excess", "excess_low", "excess_high"]
        + ["same_class_null", "same_class_excess", "same_class_excess_low"]
        + ["same_class_excess_high", "same_class_n"])
    for (name, arm) in arms(context) {
      for exit in arm.exits {
        for row in exit.similarities {
          let kind =
            switch row.measure.reference {
            case .otherImage: "other image"
            case .randomCells: "random cells"
            case nil: ""
            }
          table.append(
            [
              .text(name), .integer(exit.exit), .text(row.measure.rawValue),
              .integer(row.grid.height), .integer(row.grid.width), .integer(row.n),
              .integer(row.undefined),
            ] + estimate(row.value) + [.number(row.null), .text(kind)] + estimate(row.excess)
              + [.number(row.sameClassNull)] + estimate(row.sameClassExcess)
              + [.integer(row.sameClassNull == nil ? nil : row.sameClassN)])
        }
      }
    }
    for exit in context.result.paired?.exits ?? [] {
      for row in exit.differences {
        table.append(
          [
            .text("delta"), .integer(exit.exit), .text(row.measure.rawValue), .integer(nil),
            .integer(nil), .integer(row.n), .integer(nil),
          ] + estimate(row.value) + [.number(nil), .text("")] + estimate(nil) + [.number(nil)]
            + estimate(nil) + [.integer(nil)])
      }
    }
    return table.bytes
  }

  /// The bins of the histograms that hold something.
  private static func distribution(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(["arm", "exit", "quantity", "bin_low", "bin_high", "count"])
    func append(_ arm: String, _ exit: Int, _ quantity: String, _ histogram: Histogram?) {
      guard let histogram else { return }
      for (bin, count) in histogram.counts.enumerated() where count > 0 {
        table.append([
          .text(arm), .integer(exit), .text(quantity),
          .number(histogram.edge(bin)), .number(histogram.edge(bin + 1)), .integer(count),
        ])
      }
    }
    for (name, arm) in arms(context) {
      for exit in arm.exits { append(name, exit.exit, "cosine", exit.cosineHistogram) }
    }
    for exit in context.result.paired?.exits ?? [] {
      append("delta", exit.exit, "cosine", exit.deltaHistogram)
    }
    return table.bytes
  }

  private static func matrix(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable([
      "arm", "exit_a", "exit_b", "n", "cosine", "cosine_null", "centred", "centred_null",
    ])
    for (name, arm) in arms(context) {
      for (row, cells) in (arm.matrix?.cells ?? []).enumerated() {
        for (column, cell) in cells.enumerated() {
          table.append([
            .text(name), .integer(row + 1), .integer(column + 1), .integer(cell.n),
            .number(cell.cosine), .number(cell.cosineNull), .number(cell.centred),
            .number(cell.centredNull),
          ])
        }
      }
    }
    return table.bytes
  }

  private static func spread(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["arm", "exit", "grid_height", "grid_width", "n", "undefined", "entropy_n"]
        + ["entropy_undefined", "spread", "spread_low", "spread_high", "entropy", "entropy_low"]
        + ["entropy_high", "gini", "gini_low", "gini_high", "own_grid_spread", "own_grid_entropy"])
    for (name, arm) in arms(context) {
      for exit in arm.exits {
        let shared = exit.concentration
        table.append(
          [
            .text(name), .integer(exit.exit), .integer(shared?.grid.height),
            .integer(shared?.grid.width), .integer(shared?.n), .integer(shared?.undefined),
            .integer(shared?.shareN), .integer(shared?.shareUndefined),
          ] + estimate(shared?.spread) + estimate(shared?.entropy) + estimate(shared?.gini)
            + [.number(exit.spread), .number(exit.entropy)])
      }
    }
    for exit in context.result.paired?.exits ?? [] {
      guard let shared = exit.concentration else { continue }
      table.append(
        [.text("delta"), .integer(exit.exit)] + [CSVTable.Cell](repeating: .integer(nil), count: 6)
          + estimate(shared.spread) + estimate(shared.entropy) + estimate(shared.gini)
          + [.number(nil), .number(nil)])
    }
    return table.bytes
  }

  private static func correctness(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["arm", "exit", "right_n", "wrong_n", "right_cosine", "wrong_cosine", "difference"]
        + ["difference_low", "difference_high", "auroc", "auroc_low", "auroc_high"])
    for (name, arm) in arms(context) {
      for exit in arm.exits {
        guard let row = exit.correctness else { continue }
        table.append(
          [
            .text(name), .integer(exit.exit), .integer(row.rightN), .integer(row.wrongN),
            .number(row.right), .number(row.wrong),
          ] + estimate(row.difference) + estimate(row.auroc))
      }
    }
    return table.bytes
  }

  /// Every class at every early exit and over them ("mean").
  private static func classes(_ context: ReportContext) -> [UInt8] {
    var table = CSVTable(
      ["label", "class", "images", "few", "arm", "exit", "n", "cosine", "cosine_low"]
        + ["cosine_high", "centred", "excess", "same_class_excess", "accuracy", "accuracy_low"]
        + ["accuracy_high"])
    let names = context.result.classNames
    for row in context.result.classes {
      let name = names.indices.contains(row.label) ? names[row.label] : ""
      let start: [CSVTable.Cell] = [
        .integer(row.label), .text(name), .integer(row.sampleCount), .flag(row.isSmall),
      ]
      for (arm, values) in [("baseline", row.baseline), ("egt", row.egt)] {
        func append(_ exit: CSVTable.Cell, _ numbers: ClassNumbersRow, _ accuracy: Estimate?) {
          table.append(
            start + [.text(arm), exit, .integer(numbers.n)] + estimate(numbers.cosine) + [
              .number(numbers.centred), .number(numbers.excess), .number(numbers.sameClassExcess),
            ] + estimate(accuracy))
        }
        for (exit, numbers) in values.exits.enumerated() {
          append(.integer(exit + 1), numbers, nil)
        }
        append(.text("mean"), values.mean, values.accuracy)
      }
      table.append(
        start + [.text("delta"), .text("mean"), .integer(nil)] + estimate(row.deltaCosine)
          + [.number(nil), .number(nil), .number(nil)] + estimate(nil))
    }
    return table.bytes
  }
}
