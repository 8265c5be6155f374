import Analysis
import TensorCore
import TestSupport

/// The numbers about maps that the consistency figures draw, in closed form.
extension SampleResults {
  static func withMaps(_ result: AuditResult) -> AuditResult {
    var result = result
    fill(&result.baseline, lift: 0)
    fill(&result.egt, lift: 0.3)
    result.paired = paired(result.baseline)
    return result
  }

  /// A model of such exits against another.
  static func paired(_ model: ModelView) -> PairedView {
    PairedView(
      exits: model.exits.map { exit in
        var paired = PairedExitView(exit.exit.exit, [.accuracy: Number(interval(0))])
        if exit[.cosine] != nil {
          paired[.cosine] = Number(interval(0.3))
          var counts = [Int](repeating: 0, count: 80)
          for bin in 35..<60 { counts[bin] = 60 - bin }
          paired.deltaHistogram = Histogram(low: -2, high: 2, counts: counts)
          paired.shareBelow = 0.2
          paired.shareAbove = 0.8
        }
        return paired
      }, mean: MeanView([.accuracy: Number(interval(0))]))
  }

  static func interval(_ value: Double, _ half: Double = 0.02) -> Estimate {
    Estimate(value, low: value - half, high: value + half)
  }

  static func fill(_ arm: inout ModelView, lift: Double) {
    let final = arm.exits.count - 1
    arm.sharedGrid = GridSize(height: 4, width: 4)
    for index in arm.exits.indices {
      let step = 0.1 * Double(index)
      arm.exits[index][.sharedSpread] = Number(interval(1.5 - lift + step), n: 1364)
      arm.exits[index][.sharedEntropy] = Number(interval(0.5 + lift), n: 1364)
      arm.exits[index][.gini] = Number(interval(0.6 - lift), n: 1364)
      guard index < final else { continue }
      for measure in [Measure.spearman, .structuralSimilarity, .top10, .top20] {
        var number = Number(interval(lift + step), n: 1364)
        if measure.hasNull { number.null = 0.1 }
        arm.exits[index][measure] = number
      }
      arm.exits[index].correctness = CorrectnessResult(
        rightN: 1200, wrongN: 164, right: 0.4 + lift, wrong: 0.35 + lift,
        difference: interval(0.05),
        auroc: interval(0.6))
      var counts = [Int](repeating: 0, count: 80)
      for bin in 50..<min(80, 60 + 4 * index) { counts[bin] = bin - 45 }
      arm.exits[index].cosineHistogram = Histogram(low: -1, high: 1, counts: counts)
    }
    arm.matrix = ExitMatrix(
      cells: arm.exits.indices.map { row in
        arm.exits.indices.map { column in
          let distance = 0.15 * Double(min(4, abs(row - column)))
          return ExitMatrix.Cell(
            n: 1364, cosine: 1 - distance, centred: 0.9 - 2 * distance,
            cosineNull: 0.5 - distance + lift / 2, centredNull: lift - distance / 4)
        }
      })
  }
}
