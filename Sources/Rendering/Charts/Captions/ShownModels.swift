import Analysis

extension AuditResult {
  /// The models that charts show, by place in the list: those given, else the first five.
  func shown(_ places: [Int]?) -> [ModelResult] {
    (places ?? Array(models.indices.prefix(SeriesStyle.limit))).prefix(SeriesStyle.limit)
      .map { models[$0] }
  }

  /// Two models that are shown and were compared.
  struct ShownPair {
    var comparison: Comparison
    /// Places among the models shown: what is compared with, and the model.
    var places: [Int]
    /// Their names.
    var names: [String]
    /// "EGT − Baseline"
    var title: String { "\(names[1]) − \(names[0])" }

    /// The same, each name shortened where the width is short.
    func title(width: Double, style: FigureStyle) -> String {
      guard style.width(of: title, size: style.text) > width else { return title }
      let room = width - style.width(of: " − ", size: style.text)
      let widths = names.map { style.width(of: $0, size: style.text) }
      // What one name leaves of its half is the other's.
      let short = zip(names, widths.reversed()).map { name, other in
        style.fitting(name, width: max(room / 2, room - other), size: style.text)
      }
      return "\(short[1]) − \(short[0])"
    }
  }

  func pairs(_ places: [Int]?) -> [ShownPair] {
    let shown = shown(places)
    return comparisons(places).compactMap { comparison in
      guard comparison.refusal == nil,
        let reference = shown.firstIndex(where: { $0.index == comparison.reference }),
        let model = shown.firstIndex(where: { $0.index == comparison.model })
      else { return nil }
      return ShownPair(
        comparison: comparison, places: [reference, model],
        names: [shown[reference].name, shown[model].name])
    }
  }

  /// The comparisons of shown models with one that is shown too.
  func comparisons(_ places: [Int]?) -> [Comparison] {
    let indices = shown(places).map(\.index)
    return comparisons.filter { indices.contains($0.model) && indices.contains($0.reference) }
  }
}
