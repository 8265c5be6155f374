import Analysis

extension AuditResult {
  /// The models that charts show, by place in the list: those given, else the first five.
  func shown(_ places: [Int]?) -> [ModelResult] {
    (places ?? Array(models.indices.prefix(SeriesStyle.limit))).prefix(SeriesStyle.limit)
      .map { models[$0] }
  }

  /// The comparisons of shown models with one that is shown too.
  func comparisons(_ places: [Int]?) -> [Comparison] {
    let indices = shown(places).map(\.index)
    return comparisons.filter { indices.contains($0.model) && indices.contains($0.reference) }
  }
}
