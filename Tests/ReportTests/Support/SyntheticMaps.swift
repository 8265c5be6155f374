import Analysis
import TensorCore
import TestSupport

/// The numbers about maps of a synthetic audit.
extension SyntheticAudit {
  static func addMaps(to result: inout AuditResult) {
    let count = result.sampleCount
    for (model, lift) in [(\AuditResult.baseline, 0.0), (\AuditResult.egt, 0.3)] {
      addMaps(to: &result[keyPath: model], lift: lift, samples: count)
    }
    guard var paired = result.paired else { return }
    for index in paired.exits.indices {
      paired.exits[index][.sharedSpread] = Number(interval(-0.4))
      paired.exits[index][.sharedEntropy] = Number(interval(0.1))
      paired.exits[index][.gini] = Number(interval(0.01))
      guard index < 4 else { continue }
      for measure in Measure.agreement where ![.cosine, .centred].contains(measure) {
        paired.exits[index][measure] = Number(interval(0.125), n: count)
      }
      paired.exits[index].deltaHistogram = Histogram(
        [-0.1, 0.31, 0.32], low: -2, high: 2, bins: 80)
      paired.exits[index].shareBelow = 0.25
      paired.exits[index].shareAbove = 0.75
    }
    result.paired = paired
    addClasses(to: &result)
  }

  /// Where a class has numbers.
  static func places(of entry: ClassResult) -> [Place] {
    (1...4).map { .labelAtExit(entry.label, exit: $0) } + [.label(entry.label)]
  }

  private static func addClasses(to result: inout AuditResult) {
    result.classes = result.classCounts.enumerated().map {
      ClassResult(label: $0, sampleCount: $1)
    }
    for entry in result.classes where entry.sampleCount > 0 {
      for (model, cosine) in [0.44, 0.66].enumerated() {
        let subject = Subject.model(model)
        for place in places(of: entry) {
          for (measure, estimate) in [
            (Measure.cosine, interval(cosine)), (.centred, Estimate(0.21)),
            (.excess, Estimate(0.15)), (.sameClassExcess, Estimate(0.05)),
          ] {
            result.numbers[measure, place, subject] = Number(estimate, n: entry.sampleCount)
          }
        }
        result.numbers[.accuracy, .label(entry.label), subject] = Number(interval(0.8))
      }
      result.numbers[.cosine, .label(entry.label), .difference(1)] = Number(
        interval(0.22 - 0.001 * Double(entry.label), 0.001))
    }
  }

  private static func addMaps(to arm: inout ModelView, lift: Double, samples: Int) {
    func number(_ estimate: Estimate, null: Double? = nil) -> Number {
      var number = Number(estimate, n: samples)
      number.null = null
      return number
    }
    arm.sharedGrid = GridSize(height: 4, width: 4)
    for index in arm.exits.indices {
      arm.exits[index][.sharedSpread] = number(interval(1.2 - lift))
      arm.exits[index][.sharedEntropy] = number(interval(0.7 + lift / 2))
      arm.exits[index][.gini] = number(interval(0.4))
      guard index < 4 else { continue }
      arm.exits[index][.sameClassExcess] = number(interval(0.025), null: 0.275)
      for measure in [Measure.spearman, .structuralSimilarity, .top10, .top20] {
        let null: Double? = measure.hasNull ? 0.35 : nil
        arm.exits[index][measure] = number(interval(0.5 + lift), null: null)
        if let excess = measure.excess {
          arm.exits[index][excess] = number(interval(0.15 + lift))
        }
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
