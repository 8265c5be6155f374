import Analysis
import TensorCore

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
  static func paired(_ model: ModelResult) -> PairedResult {
    PairedResult(
      exits: model.exits.map { exit in
        var paired = PairedExit(
          exit: exit.exit, deltaCosine: exit.consistency.map { _ in interval(0.3) }, p: nil,
          deltaCentred: nil, deltaAccuracy: interval(0))
        if exit.consistency != nil {
          var counts = [Int](repeating: 0, count: 80)
          for bin in 35..<60 { counts[bin] = 60 - bin }
          paired.deltaHistogram = Histogram(low: -2, high: 2, counts: counts)
          paired.shareBelow = 0.2
          paired.shareAbove = 0.8
        }
        return paired
      },
      mean: PairedExit(
        exit: 0, deltaCosine: nil, p: nil, deltaCentred: nil, deltaAccuracy: interval(0)))
  }

  static func interval(_ value: Double, _ half: Double = 0.02) -> Estimate {
    Estimate(value, low: value - half, high: value + half)
  }

  static func fill(_ arm: inout ModelResult, lift: Double) {
    let final = arm.exits.count - 1
    arm.sharedGrid = GridSize(height: 4, width: 4)
    for index in arm.exits.indices {
      let step = 0.1 * Double(index)
      arm.exits[index].concentration = ConcentrationResult(
        grid: GridSize(height: 4, width: 4), spread: interval(1.5 - lift + step),
        entropy: interval(0.5 + lift), gini: interval(0.6 - lift), n: 1364, undefined: 0,
        shareN: 1364, shareUndefined: 0)
      guard index < final else { continue }
      arm.exits[index].similarities = [MapMeasure.spearman, .structuralSimilarity, .top10, .top20]
        .map { measure in
          var row = SimilarityResult(
            measure: measure, grid: GridSize(height: 8, width: 8), value: interval(lift + step),
            n: 1364, undefined: 0)
          if measure.reference != nil { row.null = 0.1 }
          return row
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
