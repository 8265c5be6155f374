import Analysis

/// Rows of models and of their differences from the reference.
extension ReportContext {
  /// Model by model, those for which there are cells.
  func rows(_ cells: (ModelResult) -> [GroupedTable.Cell]?) -> [GroupedTable.Row] {
    result.models.compactMap { model in
      cells(model).map {
        .model(name(model.index), series: drawn.firstIndex(of: model.index), $0)
      }
    }
  }

  /// Comparison by comparison, those that were made and for which there are cells.
  func differences(_ cells: (Comparison) -> [GroupedTable.Cell]?) -> [GroupedTable.Row] {
    compared.compactMap { comparison in
      cells(comparison).map { .difference(deltaName(comparison), $0) }
    }
  }

  /// "Δ", and whose where there are several.
  func deltaName(_ comparison: Comparison) -> String {
    compared.count == 1 ? "Δ" : "Δ \(name(comparison.model))"
  }

  /// "Δ is EGT − Baseline on the same images", for captions; empty without a comparison.
  var deltaText: String {
    guard let first = compared.first else { return "" }
    let model = compared.count == 1 ? name(first.model) : "the model"
    return "Δ is \(model) − \(name(first.reference)) on the same images"
  }

  /// That and what bold means, as sentences with a space in front.
  var deltaSentence: String {
    compared.isEmpty ? "" : " \(deltaText), bold where its interval excludes 0."
  }

  /// The different grids of an exit, over all models.
  func grids(ofExit exit: Int) -> String {
    var grids: [String] = []
    for model in result.models where exit <= model.exits.count {
      let grid = model.exits[exit - 1].grid.description
      if !grids.contains(grid) { grids.append(grid) }
    }
    return grids.joined(separator: ", ")
  }

  /// Whether an exit is the final one of every model.
  func isFinal(_ exit: Int) -> Bool { result.models.allSatisfy { $0.exits.count == exit } }
}
