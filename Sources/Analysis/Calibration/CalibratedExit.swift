import Recordings
import TensorCore

/// One exit of one recording.
struct CalibrationScan: Sendable {
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

/// One exit over a model's recordings.
struct CalibratedExit: Sendable {
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
