import Recordings
import TensorCore

extension Disagreement {
  /// - Parameters:
  ///   - scans: of a reference and a model with the same samples.
  ///   - recordings: the first of each.
  ///   - maps: of those recordings.
  init(
    _ scans: (baseline: ModelScan, egt: ModelScan),
    recordings: (baseline: Recording, egt: Recording),
    maps: FinalMapAgreement, design: RunDesign, options: AuditOptions
  ) throws(RecordingFault) {
    let (baseline, egt) = scans
    let pairs = design.pairs ?? [RunDesign.Pair(reference: 0, model: 0)]
    tables = pairs.map { CorrectnessTable(baseline, egt, $0) }
    baselineExits = try Self.exits(baseline, recordings.baseline, seed: options.seed)
    egtExits = try Self.exits(egt, recordings.egt, seed: options.seed)
    let isSame = Self.isSame(baseline.exits[0].last!.answers, egt.exits[0].last!.answers)
    models = try SameAnswer(
      isSame: isSame, cosines: maps.cosine, null: maps.null,
      places: (.final(of: recordings.baseline), .final(of: recordings.egt)),
      input: baseline.input, seed: options.seed)
    baselineConfidence = ConfidentErrors.list(baseline, options.threshold)
    egtConfidence = ConfidentErrors.list(egt, options.threshold)
    samples = DisagreementSamples(
      baseline: baseline, egt: egt, maps: maps, isSame: isSame, threshold: options.threshold)
  }

  private static func isSame(_ first: ExitAnswers, _ second: ExitAnswers) -> [Bool] {
    zip(first.predictions, second.predictions).map { $0 == $1 }
  }

  private static func exits(
    _ arm: ModelScan, _ recording: Recording, seed: UInt64
  ) throws(RecordingFault) -> [ExitAgainstFinal] {
    let scans = arm.exits[0]
    let final = scans[scans.count - 1].answers
    var result: [ExitAgainstFinal] = []
    for (index, scan) in scans.dropLast().enumerated() {
      let consistency = scan.consistency!
      result.append(
        ExitAgainstFinal(
          exit: index + 1,
          test: McNemarTest(baseline: scan.answers.isRight, egt: final.isRight),
          difference: PairedShares(scan.answers.isRight, final.isRight).estimate,
          sameAnswer: try SameAnswer(
            isSame: isSame(scan.answers, final), cosines: consistency.cosine,
            null: consistency.cosineNull.mean,
            places: (MapPlace(recording, exit: index), .final(of: recording)), input: arm.input,
            seed: seed)))
    }
    let adjusted = HolmAdjustment.adjusted(result.map(\.p))
    for index in result.indices { result[index].holmP = adjusted[index] }
    return result
  }
}

extension CorrectnessTable {
  fileprivate init(_ baseline: ModelScan, _ egt: ModelScan, _ pair: RunDesign.Pair) {
    // Of networks with other numbers of exits, the final ones belong together.
    let exits =
      baseline.exitCount == egt.exitCount ? 1...egt.exitCount : egt.exitCount...egt.exitCount
    let places = exits.map { Place.exit($0) } + [.earlyStop]
    var rows = places.map { place in
      let own = place == .exit(egt.exitCount) ? Place.exit(baseline.exitCount) : place
      let (left, right) = (
        baseline.isRight(recording: pair.reference, own), egt.isRight(recording: pair.model, place)
      )
      return Row(
        place: place, test: McNemarTest(baseline: left, egt: right),
        difference: PairedShares(left, right).estimate)
    }
    let adjusted = HolmAdjustment.adjusted(rows.dropLast().map(\.test.p))
    for (index, p) in adjusted.enumerated() { rows[index].holmP = p }
    self.init(baseline: pair.reference + 1, egt: pair.model + 1, rows: rows)
  }
}

extension ModelScan {
  /// - Parameter place: an exit, or where images leave.
  fileprivate func isRight(recording: Int, _ place: Place) -> [Bool] {
    switch place {
    case .exit(let exit): exits[recording][exit - 1].answers.isRight
    case .earlyStop: outcomes[recording].isRight
    default: preconditionFailure("only an exit, or where images leave, has answers")
    }
  }
}

extension PairedShares {
  /// Of two lists of answers to the same images: the second's share of right ones minus the first's.
  fileprivate init(_ first: [Bool], _ second: [Bool]) {
    self.init(zip(first, second).map { ($1 ? 1 : 0) - ($0 ? 1 : 0) })
  }
}

extension SameAnswer {
  /// nil where no cosine is defined.
  /// - Parameters:
  ///   - isSame: per sample, whether the answers at two places are the same.
  ///   - cosines: of the maps there.
  ///   - null: of those cosines.
  fileprivate init?(
    isSame: [Bool], cosines: Column, null: Double?, places: (MapPlace, MapPlace), input: GridSize,
    seed: UInt64
  ) throws(RecordingFault) {
    let defined = cosines.indices.filter { cosines[$0] != nil }
    guard !defined.isEmpty else { return nil }
    let agreeing = defined.filter { isSame[$0] }
    var chance: Double?
    var elsewhere = 0
    if let null {
      elsewhere = agreeing.count { Self.isFromElsewhere(cosines[$0]!, null: null) }
      chance = try UnrelatedPairs.share(
        fromElsewhere: null, places, input: input, among: defined, seed: seed)
    }
    self.init(null: null, chance: chance, count: agreeing.count, elsewhere: elsewhere)
  }
}

extension ConfidentErrors {
  /// One an exit, then where images leave.
  fileprivate static func list(_ arm: ModelScan, _ threshold: Double) -> [ConfidentErrors] {
    let answers = arm.exits[0].map(\.answers)
    let outcome = arm.outcomes[0]
    func errors(_ place: Place, _ confidences: [Double], _ isRight: [Bool]) -> Self {
      let confident = confidences.indices.filter { confidences[$0] >= threshold }
      return ConfidentErrors(
        place: place, confident: confident.count,
        confidentWrong: confident.count { !isRight[$0] }, wrong: isRight.count { !$0 })
    }
    return answers.enumerated().map { errors(.exit($0 + 1), $1.confidences, $1.isRight) } + [
      errors(
        .earlyStop,
        outcome.exits.enumerated().map { answers[$1].confidences[$0] },
        outcome.isRight)
    ]
  }
}
