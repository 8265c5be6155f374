import Recordings
import TensorCore

extension Disagreement {
  /// - Parameters:
  ///   - scans: of a reference and a model with the same samples.
  ///   - recordings: the first of each.
  ///   - maps: of those recordings.
  init(
    _ scans: (reference: ModelScan, model: ModelScan),
    recordings: (reference: Recording, model: Recording),
    maps: FinalMapAgreement, design: RunDesign, options: AuditOptions
  ) throws(RecordingFault) {
    let (reference, model) = scans
    let pairs = design.pairs ?? [RunDesign.Pair(reference: 0, model: 0)]
    tables = pairs.map { CorrectnessTable(reference, model, $0) }
    referenceExits = try Self.exits(reference, recordings.reference, seed: options.seed)
    modelExits = try Self.exits(model, recordings.model, seed: options.seed)
    let isSame = Self.isSame(reference.exits[0].last!.answers, model.exits[0].last!.answers)
    models = try SameAnswer(
      isSame: isSame, cosines: maps.cosine, null: maps.null,
      places: (.final(of: recordings.reference), .final(of: recordings.model)),
      input: reference.input, seed: options.seed)
    referenceConfidence = ConfidentErrors.list(reference, options.threshold)
    modelConfidence = ConfidentErrors.list(model, options.threshold)
    samples = DisagreementSamples(
      reference: reference, model: model, maps: maps, isSame: isSame, threshold: options.threshold)
  }

  private static func isSame(_ first: ExitAnswers, _ second: ExitAnswers) -> [Bool] {
    zip(first.predictions, second.predictions).map { $0 == $1 }
  }

  private static func exits(
    _ entry: ModelScan, _ recording: Recording, seed: UInt64
  ) throws(RecordingFault) -> [ExitAgainstFinal] {
    let scans = entry.exits[0]
    let final = scans[scans.count - 1].answers
    var result: [ExitAgainstFinal] = []
    for (index, scan) in scans.dropLast().enumerated() {
      let consistency = scan.consistency!
      result.append(
        ExitAgainstFinal(
          exit: index + 1,
          test: McNemarTest(reference: scan.answers.isRight, model: final.isRight),
          difference: PairedShares(scan.answers.isRight, final.isRight).estimate,
          sameAnswer: try SameAnswer(
            isSame: isSame(scan.answers, final), cosines: consistency.cosine,
            null: consistency.cosineNull.mean,
            places: (MapPlace(recording, exit: index), .final(of: recording)), input: entry.input,
            seed: seed)))
    }
    let adjusted = HolmAdjustment.adjusted(result.map(\.p))
    for index in result.indices { result[index].holmP = adjusted[index] }
    return result
  }
}

extension CorrectnessTable {
  fileprivate init(_ reference: ModelScan, _ model: ModelScan, _ pair: RunDesign.Pair) {
    // Of networks with other numbers of exits, the final ones belong together.
    let exits =
      reference.exitCount == model.exitCount
      ? 1...model.exitCount : model.exitCount...model.exitCount
    let places = exits.map { Place.exit($0) } + [.earlyStop]
    var rows = places.map { place in
      let own = place == .exit(model.exitCount) ? Place.exit(reference.exitCount) : place
      let (left, right) = (
        reference.isRight(recording: pair.reference, own),
        model.isRight(recording: pair.model, place)
      )
      return Row(
        place: place, test: McNemarTest(reference: left, model: right),
        difference: PairedShares(left, right).estimate)
    }
    let adjusted = HolmAdjustment.adjusted(rows.dropLast().map(\.test.p))
    for (index, p) in adjusted.enumerated() { rows[index].holmP = p }
    self.init(reference: pair.reference + 1, model: pair.model + 1, rows: rows)
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
  fileprivate static func list(_ entry: ModelScan, _ threshold: Double) -> [ConfidentErrors] {
    let answers = entry.exits[0].map(\.answers)
    let outcome = entry.outcomes[0]
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
