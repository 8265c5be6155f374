import Recordings
import TensorCore

/// Calibration of every exit of models that saw the same samples, and their differences.
struct CalibrationAudit: Sendable {
  /// [model][exit]
  let models: [[ExitCalibration]]
  /// Per model, against its reference; empty where it has none, or another number of exits.
  let comparisons: [[PairedCalibration]]

  /// - Parameters:
  ///   - models: [model][recording], all of the same samples.
  ///   - references: per model, the place among them of what it is compared with; nil for none.
  init(_ models: [[Recording]], references: [Int?], _ options: AuditOptions) {
    let exits = models.map(Self.exits)
    var bootstrap = Bootstrap(
      sampleCount: models[0][0].sampleCount, resamples: options.resamples, seed: options.seed)
    let own = exits.map { $0.map { Self.ask($0, &bootstrap) } }
    let pairs = exits.indices.map { model -> [Pending<PairedCalibration>] in
      guard let reference = references[model], exits[reference].count == exits[model].count else {
        return []
      }
      let design = RunDesign(models[reference], models[model])
      return zip(exits[reference], exits[model]).enumerated().map { exit, pair in
        Self.ask(exit + 1, reference: pair.0, model: pair.1, design, &bootstrap)
      }
    }
    let distributions = bootstrap.run()
    self.models = own.map { exits in
      exits.enumerated().map { number, exit in
        var result = exit.value(in: distributions)
        result.exit = number + 1
        return result
      }
    }
    comparisons = pairs.map { $0.map { $0.value(in: distributions) } }
  }

  private static func exits(_ recordings: [Recording]) -> [CalibratedExit] {
    let exitCount = recordings[0].exitCount
    let scans = ParallelLoop.map(recordings.count * exitCount) {
      CalibrationScan(recordings[$0 / exitCount], exit: $0 % exitCount)
    }
    return (0..<exitCount).map { exit in
      CalibratedExit(recordings.indices.map { scans[$0 * exitCount + exit] })
    }
  }

  private static func ask(
    _ exit: CalibratedExit, _ bootstrap: inout Bootstrap
  ) -> Pending<ExitCalibration> {
    let plain = ScoreSeries(exit.plain).scores(&bootstrap)
    let scaled = exit.scaled.map { after in
      (
        scores: ScoreSeries(after).scores(&bootstrap),
        change: ScoreSeries(after, minus: exit.plain).difference(&bootstrap)
      )
    }
    return Pending { distributions in
      ExitCalibration(
        exit: 0, accuracy: exit.accuracy, scores: plain.value(in: distributions),
        auroc: exit.ranking?.estimate, aurocRecordings: exit.ranking?.recordings ?? 0,
        bins: exit.bins, equalMassBins: exit.equalMassBins,
        scaling: scaled.map { scaled in
          ScaledCalibration(
            fits: exit.fits, scores: scaled.scores.value(in: distributions),
            change: scaled.change.value(in: distributions))
        })
    }
  }

  private static func ask(
    _ exit: Int, reference: CalibratedExit, model: CalibratedExit, _ design: RunDesign,
    _ bootstrap: inout Bootstrap
  ) -> Pending<PairedCalibration> {
    let plain = ScoreSeries(model.plain, minus: reference.plain).differences(design, &bootstrap)
    var scaled: Pending<(images: CalibrationDifference, runs: CalibrationDifference?)>?
    if let before = reference.scaled, let after = model.scaled {
      scaled = ScoreSeries(after, minus: before).differences(design, &bootstrap)
    }
    let rankings = (model.ranking, reference.ranking)
    return Pending { [scaled] distributions in
      let plain = plain.value(in: distributions)
      let scaled = scaled?.value(in: distributions)
      var result = PairedCalibration(
        exit: exit, difference: plain.images,
        auroc: RankingSummary.difference(rankings.0, rankings.1), scaled: scaled?.images)
      result.overRuns = plain.runs
      result.aurocOverRuns = RankingSummary.differenceOverRuns(rankings.0, rankings.1, design)
      result.scaledOverRuns = scaled?.runs
      return result
    }
  }
}
