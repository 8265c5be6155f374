import Analysis
import TestSupport

/// Disagreement made by hand, for five exits of two models.
enum SyntheticDisagreement {
  static func add(to audit: inout SyntheticAudit, pairs: Int = 1) {
    var disagreement = Disagreement()
    disagreement.tables = (1...pairs).map(table)
    disagreement.referenceExits = (1...4).map { exit($0, lost: 3) }
    disagreement.modelExits = (1...4).map { exit($0, lost: 2) }
    disagreement.models = SameAnswer(null: 0.345, chance: 0.578, count: 20, elsewhere: 4)
    disagreement.referenceConfidence = places.map {
      ConfidentErrors(place: $0, confident: 12, confidentWrong: 3, wrong: 7)
    }
    disagreement.modelConfidence = places.map {
      ConfidentErrors(
        place: $0, confident: $0 == .exit(1) ? 0 : 13, confidentWrong: $0 == .exit(1) ? 0 : 2,
        wrong: 8)
    }
    let count = audit.result.samples.count
    disagreement.samples.onlyReferenceRight = Array(0..<min(2, count))
    disagreement.samples.onlyModelRight = Array((0..<count).reversed())
    disagreement.samples.elsewhere = [3, 1].filter { $0 < count }
    for index in audit.result.samples.indices {
      audit.result.samples[index].finalCosine = index == 1 ? 0.123 : nil
    }
    audit.result.disagreement = disagreement
  }

  private static let places = (1...5).map { Place.exit($0) } + [.earlyStop]

  /// Exit 2 differs, to EGT's disadvantage.
  private static func table(_ pair: Int) -> CorrectnessTable {
    CorrectnessTable(
      reference: pair, model: pair,
      rows: places.map { place in
        place == .exit(2)
          ? CorrectnessTable.Row(
            place: place,
            test: McNemarTest(
              bothRight: 12, onlyReferenceRight: 11, onlyModelRight: 1, bothWrong: 6),
            difference: SyntheticAudit.interval(-0.333, 0.1), holmP: 0.0317)
          : CorrectnessTable.Row(
            place: place,
            test: McNemarTest(
              bothRight: 20, onlyReferenceRight: 3, onlyModelRight: 4, bothWrong: 3),
            difference: SyntheticAudit.interval(0.033, 0.1),
            holmP: place == .earlyStop ? nil : 1)
      })
  }

  private static func exit(_ number: Int, lost: Int) -> ExitAgainstFinal {
    let isFar = number == 1
    return ExitAgainstFinal(
      exit: number,
      test: McNemarTest(
        bothRight: 18, onlyReferenceRight: isFar ? 0 : lost, onlyModelRight: isFar ? 9 : 4,
        bothWrong: 3),
      difference: SyntheticAudit.interval(isFar ? 0.3 : 0.033, 0.1),
      sameAnswer: number == 4
        ? nil : SameAnswer(null: 0.234, chance: 0.567, count: 16, elsewhere: 8))
  }
}
