import Analysis

/// Rows of models and of their differences from the reference.
extension ReportContext {
  /// A model's own rows.
  func owner(_ model: Int) -> RowOwner {
    RowOwner(
      subject: .model(model), model: result.models[model].name,
      head: RowHead(name(model), series: drawn.firstIndex(of: model)))
  }

  /// Those of its difference from its reference.
  func owner(_ comparison: Comparison) -> RowOwner {
    RowOwner(
      subject: .difference(comparison.model), model: result.models[comparison.model].name,
      reference: result.models[comparison.reference].name,
      head: .difference(of: name(comparison.model), isOnly: compared.count == 1))
  }

  func owner(_ subject: Subject) -> RowOwner {
    switch subject {
    case .model(let model): owner(model)
    case .difference(let model): owner(result.comparison(of: model)!)
    }
  }

  /// "Exit 1", "Exit 5, final"; nil is the mean of the early exits.
  func group(exit: Int?) -> GroupHead {
    guard let exit else { return GroupHead("Mean", "early exits", isMean: true) }
    return GroupHead("Exit \(exit)\(isFinal(exit) ? ", final" : "")")
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

  /// What stands beside a model's number, as a sentence: with several training runs their scatter, else an interval.
  var ownSentence: String {
    let runs = result.models.map(\.seeds.count)
    if runs.allSatisfy({ $0 == 1 }) { return "95\u{A0}% intervals over images in brackets." }
    return "± is the standard deviation over training runs"
      + (runs.contains(1) ? ", of a model with one run a 95\u{A0}% interval over images." : ".")
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
