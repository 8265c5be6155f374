import Recordings
import TensorCore

/// Calibration of every exit of two arms, and their differences.
struct CalibrationAudit: Sendable {
  private(set) var baseline: [ExitCalibration]
  private(set) var egt: [ExitCalibration]
  /// Empty where the arms saw different samples.
  private(set) var paired: [PairedCalibration]

  /// - Parameter arePaired: whether both arms show the same samples.
  init(
    baseline: [Recording], egt: [Recording], arePaired: Bool, options: AuditOptions
  ) {
    let recordings = baseline + egt
    let exitCount = recordings[0].exitCount
    let scans = ParallelLoop.map(recordings.count * exitCount) {
      CalibrationScan(recordings[$0 / exitCount], exit: $0 % exitCount)
    }
    func exits(_ arm: Range<Int>) -> [CalibratedExit] {
      (0..<exitCount).map { exit in
        CalibratedExit(arm.map { scans[$0 * exitCount + exit] })
      }
    }
    let left = exits(0..<baseline.count)
    let right = exits(baseline.count..<recordings.count)
    func bootstrap(_ recording: Recording) -> Bootstrap {
      Bootstrap(
        sampleCount: recording.sampleCount, resamples: options.resamples, seed: options.seed)
    }
    var draws = bootstrap(baseline[0])
    let leftPlaces = left.map { ArmPlaces($0, &draws) }
    guard arePaired else {
      self.baseline = Self.results(left, leftPlaces, draws.run())
      draws = bootstrap(egt[0])
      let places = right.map { ArmPlaces($0, &draws) }
      self.egt = Self.results(right, places, draws.run())
      paired = []
      return
    }
    let rightPlaces = right.map { ArmPlaces($0, &draws) }
    let pairs = zip(left, right).map { PairPlaces(baseline: $0, egt: $1, &draws) }
    let distributions = draws.run()
    self.baseline = Self.results(left, leftPlaces, distributions)
    self.egt = Self.results(right, rightPlaces, distributions)
    let design = RunDesign(baseline, egt)
    paired = pairs.enumerated().map { exit, places in
      let rankings = (right[exit].ranking, left[exit].ranking)
      var result = PairedCalibration(
        exit: exit + 1, difference: places.plain.difference(distributions),
        auroc: RankingSummary.difference(rankings.0, rankings.1),
        scaled: places.scaled?.difference(distributions))
      result.overRuns = places.plain.differenceOverRuns(distributions, design)
      result.aurocOverRuns = RankingSummary.differenceOverRuns(rankings.0, rankings.1, design)
      result.scaledOverRuns = places.scaled?.differenceOverRuns(distributions, design)
      return result
    }
  }

  private static func results(
    _ exits: [CalibratedExit], _ places: [ArmPlaces], _ distributions: [BootstrapDistribution]
  ) -> [ExitCalibration] {
    zip(exits, places).enumerated().map { number, pair in
      let (exit, places) = pair
      return ExitCalibration(
        exit: number + 1, accuracy: exit.accuracy, scores: places.plain.scores(distributions),
        auroc: exit.ranking?.estimate, aurocRecordings: exit.ranking?.recordings ?? 0,
        bins: exit.bins, equalMassBins: exit.equalMassBins,
        scaling: places.scaled.map { scaled in
          ScaledCalibration(
            fits: exit.fits, scores: scaled.after.scores(distributions),
            change: scaled.change.difference(distributions))
        })
    }
  }

  private struct ArmPlaces {
    let plain: MeasurePlaces
    let scaled: (after: MeasurePlaces, change: MeasurePlaces)?

    init(_ exit: CalibratedExit, _ bootstrap: inout Bootstrap) {
      plain = MeasurePlaces(exit.plain, &bootstrap)
      scaled = exit.scaled.map { after in
        (
          MeasurePlaces(after, &bootstrap),
          MeasurePlaces(after, minus: exit.plain, &bootstrap)
        )
      }
    }
  }

  private struct PairPlaces {
    let plain: MeasurePlaces
    let scaled: MeasurePlaces?

    init(baseline: CalibratedExit, egt: CalibratedExit, _ bootstrap: inout Bootstrap) {
      plain = MeasurePlaces(egt.plain, minus: baseline.plain, &bootstrap)
      if let before = baseline.scaled, let after = egt.scaled {
        scaled = MeasurePlaces(after, minus: before, &bootstrap)
      } else {
        scaled = nil
      }
    }
  }
}

/// One exit of one recording.
private struct CalibrationScan: Sendable {
  let plain: AnswerScores
  let ranking: FailureAUROC?
  let fit: TemperatureFit?
  /// At the fitted temperature; nil without one.
  let scaled: AnswerScores?

  /// - Parameter exit: from 0.
  init(_ recording: Recording, exit: Int) {
    let classCount = recording.classCount
    let labels = recording.labels
    plain = AnswerScores(logits: recording.logits[exit], classCount: classCount, labels: labels)
    ranking = FailureAUROC(plain)
    fit = recording.validation.flatMap {
      TemperatureScaling.fit(logits: $0.logits[exit], classCount: classCount, labels: $0.labels)
    }
    scaled = fit.map {
      AnswerScores(
        logits: recording.logits[exit], classCount: classCount, labels: labels,
        temperature: $0.temperature)
    }
  }
}

/// One exit over an arm's recordings.
private struct CalibratedExit: Sendable {
  let accuracy: Double
  let plain: ExitMeasures
  /// One a recording, and their scores; empty and nil unless all recordings have one.
  let fits: [TemperatureFit]
  let scaled: ExitMeasures?
  let ranking: RankingSummary?
  let bins: [ReliabilityBin]
  let equalMassBins: [ReliabilityBin]

  init(_ recordings: [CalibrationScan]) {
    let scores = recordings.map(\.plain)
    let right = scores.reduce(0) { $0 + $1.isRight.count { $0 } }
    accuracy = Double(right) / Double(scores.count * scores[0].isRight.count)
    plain = ExitMeasures(scores)
    let fits = recordings.compactMap(\.fit)
    let isComplete = fits.count == recordings.count
    self.fits = isComplete ? fits : []
    scaled = isComplete ? ExitMeasures(recordings.compactMap(\.scaled)) : nil
    ranking = RankingSummary(recordings.compactMap(\.ranking))
    bins = ReliabilityBins.ofEqualWidth(scores)
    equalMassBins = ReliabilityBins.ofEqualMass(scores)
  }
}
