/// Counts of Mann and Whitney (1947), from which areas under ROC curves are made.
enum MannWhitney {
  /// Per sample, those of the other kind whose value is below its own; equal ones count half.
  /// - Parameters: one entry a sample; values are finite.
  static func othersBelow(_ values: [Double], _ isRight: [Bool]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var below = [Double](repeating: 0, count: values.count)
    var seen = (right: 0, wrong: 0)
    var start = 0
    while start < order.count {
      var end = start
      var tied = (right: 0, wrong: 0)
      while end < order.count, values[order[end]] == values[order[start]] {
        if isRight[order[end]] { tied.right += 1 } else { tied.wrong += 1 }
        end += 1
      }
      for sample in order[start..<end] {
        below[sample] =
          isRight[sample]
          ? Double(seen.wrong) + Double(tied.wrong) / 2
          : Double(seen.right) + Double(tied.right) / 2
      }
      seen.right += tied.right
      seen.wrong += tied.wrong
      start = end
    }
    return below
  }
}
