import Recordings

/// From two arms' recordings to their faithfulness.
enum FaithfulnessAudit {
  /// nil where no recording of either arm has any.
  /// - Parameter arePaired: whether both arms saw the same samples.
  static func run(
    baseline: [Recording], egt: [Recording], arePaired: Bool, options: AuditOptions
  ) throws(AnalysisFault) -> Faithfulness? {
    guard (baseline + egt).contains(where: { $0.faithfulness != nil }) else { return nil }
    try check(baseline, .baseline)
    try check(egt, .egt)
    let exitCount = baseline[0].exitCount
    guard arePaired else {
      return Faithfulness(
        baseline: try alone(baseline, options), egt: try alone(egt, options), paired: nil)
    }
    let samples = ModelFaithfulnessScan.samples(baseline + egt)
    let (left, right) = try reading { () throws(RecordingFault) in
      (
        try ModelFaithfulnessScan(baseline, samples: samples),
        try ModelFaithfulnessScan(egt, samples: samples)
      )
    }
    var bootstrap = Bootstrap(
      sampleCount: samples.count, resamples: options.resamples, seed: options.seed)
    let leftNumbers = ArmFaithfulnessNumbers(left, exitCount: exitCount, bootstrap: &bootstrap)
    let rightNumbers = ArmFaithfulnessNumbers(right, exitCount: exitCount, bootstrap: &bootstrap)
    let pairedNumbers = PairedFaithfulnessNumbers(
      baseline: left, egt: right, exitCount: exitCount, bootstrap: &bootstrap)
    let distributions = bootstrap.run()
    let haveBoth = !left.runs.isEmpty && !right.runs.isEmpty
    let areAllMeasured = left.runs.count == baseline.count && right.runs.count == egt.count
    let design = RunDesign(baseline, egt)
    let paired =
      haveBoth ? pairedNumbers.result(distributions, areAllMeasured ? design : nil) : nil
    var result = Faithfulness(
      baseline: leftNumbers.result(distributions), egt: rightNumbers.result(distributions),
      paired: paired?.exits)
    result.pairedMean = paired?.mean
    result.arePairedOverRuns = paired?.areOverRuns == true
    return result
  }

  /// An arm whose samples are not the other's.
  private static func alone(
    _ recordings: [Recording], _ options: AuditOptions
  ) throws(AnalysisFault) -> ModelFaithfulness? {
    let samples = ModelFaithfulnessScan.samples(recordings)
    guard !samples.isEmpty else { return nil }
    let scan = try reading { () throws(RecordingFault) in
      try ModelFaithfulnessScan(recordings, samples: samples)
    }
    var bootstrap = Bootstrap(
      sampleCount: samples.count, resamples: options.resamples, seed: options.seed)
    let numbers = ArmFaithfulnessNumbers(
      scan, exitCount: recordings[0].exitCount, bootstrap: &bootstrap)
    return numbers.result(bootstrap.run())
  }

  /// Curves of one arm are averaged point by point, so their points must be the same; so must the stages.
  private static func check(
    _ recordings: [Recording], _ arm: ModelResult.Arm
  ) throws(AnalysisFault) {
    func first<Value: Equatable>(_ path: (RecordedFaithfulness) -> Value?) -> Value? {
      recordings.compactMap { $0.faithfulness.flatMap(path) }.first
    }
    let masking = first { $0.masking?.fractions }
    let road = first { $0.road?.fractions }
    let stages = first { $0.randomized?.exits.map(\.stages) }
    for (index, recording) in recordings.enumerated() {
      guard let faithfulness = recording.faithfulness else { continue }
      var difference: String?
      if let own = faithfulness.masking?.fractions, own != masking {
        difference = "deletion and insertion at other fractions"
      } else if let own = faithfulness.road?.fractions, own != road {
        difference = "ROAD at other fractions"
      } else if let own = faithfulness.randomized?.exits.map(\.stages), own != stages {
        difference = "other stages of random weights"
      }
      if let difference {
        throw .recordingsDiffer(arm: arm, index: index + 1, difference: difference)
      }
    }
  }

  private static func reading<Value>(
    _ body: () throws(RecordingFault) -> Value
  ) throws(AnalysisFault) -> Value {
    do throws(RecordingFault) { return try body() } catch { throw .recording(error) }
  }
}
