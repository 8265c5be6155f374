import Analysis
import TensorCore

/// The numbers about maps of a synthetic audit.
extension SyntheticAudit {
  static func addMaps(to result: inout AuditResult) {
    addMaps(to: &result.baseline, lift: 0, input: result.input)
    addMaps(to: &result.egt, lift: 0.3, input: result.input)
    for index in result.paired?.exits.indices ?? 0..<0 {
      result.paired!.exits[index].concentration = ConcentrationDifference(
        spread: interval(-0.4), entropy: interval(0.1), gini: interval(0.01))
      guard index < 4 else { continue }
      result.paired!.exits[index].differences = MapMeasure.allCases.map {
        MeasureDifference(measure: $0, value: interval(0.125), n: result.sampleCount)
      }
      result.paired!.exits[index].deltaHistogram = Histogram(
        [-0.1, 0.31, 0.32], low: -2, high: 2, bins: 80)
      result.paired!.exits[index].shareBelow = 0.25
      result.paired!.exits[index].shareAbove = 0.75
    }
    result.classes = result.classCounts.enumerated().map { label, count in
      func arm(_ cosine: Double) -> ClassModel {
        let numbers = ClassNumbersRow(
          n: count, cosine: count > 0 ? interval(cosine) : nil, centred: 0.21, excess: 0.15,
          sameClassExcess: 0.05)
        return ClassModel(
          mean: numbers, exits: [ClassNumbersRow](repeating: numbers, count: 4),
          accuracy: count > 0 ? interval(0.8) : nil)
      }
      return ClassResult(
        label: label, sampleCount: count, baseline: arm(0.44), egt: arm(0.66),
        deltaCosine: count > 0 ? interval(0.22 - 0.001 * Double(label), 0.001) : nil)
    }
  }

  private static func addMaps(to arm: inout ModelResult, lift: Double, input: GridSize) {
    for index in arm.exits.indices {
      arm.exits[index].concentration = ConcentrationResult(
        grid: GridSize(height: 4, width: 4), spread: interval(1.2 - lift),
        entropy: interval(0.7 + lift / 2), gini: interval(0.4), n: arm.exits[index].n, undefined: 0,
        shareN: arm.exits[index].n, shareUndefined: 0)
      guard let consistency = arm.exits[index].consistency else { continue }
      arm.exits[index].similarities = MapMeasure.allCases.map { measure in
        var row = SimilarityResult(
          measure: measure, grid: input, value: interval(0.5 + lift), n: arm.exits[index].n,
          undefined: 0)
        if measure.reference != nil {
          row.null = 0.35
          row.excess = interval(0.15 + lift)
        }
        if measure == .cosine {
          row.value = consistency.cosine
          row.null = consistency.null
          row.excess = consistency.excess
          row.sameClassNull = 0.275
          row.sameClassExcess = interval(0.025)
          row.sameClassN = arm.exits[index].n
        } else if measure == .centred {
          row.value = consistency.centred
          row.null = consistency.centredNull
        }
        return row
      }
      arm.exits[index].correctness = CorrectnessResult(
        rightN: 24, wrongN: 6, right: 0.41, wrong: 0.38, difference: interval(0.03, 0.05),
        auroc: interval(0.58))
      arm.exits[index].cosineHistogram = Histogram([0.1, 0.3, 0.31], low: -1, high: 1, bins: 80)
    }
    arm.matrix = ExitMatrix(
      cells: arm.exits.indices.map { row in
        arm.exits.indices.map { column in
          ExitMatrix.Cell(
            n: 30, cosine: row == column ? 1 : 0.5 + lift, centred: row == column ? 1 : lift,
            cosineNull: 0.4, centredNull: -0.01)
        }
      })
  }
}
