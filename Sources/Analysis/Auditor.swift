import Recordings
import TensorCore

/// Compares a baseline with a network trained under explanation guidance, from recordings alone.
public enum Auditor {
  /// Audits two arms of one or more recordings (seeds) each.
  ///
  /// A number of an arm is the mean over images of the mean over the arm's recordings. Its interval is over images,
  /// the given recordings held fixed: how it would vary with other images. With several recordings in an arm,
  /// `ModelResult.runs` and `PairedNumber.runs` say how it would vary with other training runs as well.
  ///
  /// - Parameters:
  ///   - baseline: recordings of one network and one set of samples; each passes `Recording.validate(at:)`.
  ///   - egt: the same for the other arm. Its samples may be others, then nothing is paired; its attention grids may
  ///     differ, its number of exits may not.
  ///   - sweep: recordings of EGT's training at other λ, on EGT's images, for `AuditResult.sweep`.
  public static func audit(
    baseline: [Recording], egt: [Recording], sweep: [Recording] = [],
    options: AuditOptions = AuditOptions()
  ) throws(AnalysisFault) -> AuditResult {
    var scan: ModelScan?
    return try audit(
      baseline: baseline, egt: egt, sweep: sweep, options: options, baselineScan: &scan)
  }

  /// The same, for one baseline against several others.
  /// - Parameter baselineScan: what an earlier audit of this very baseline left here, or nil.
  static func audit(
    baseline: [Recording], egt: [Recording], sweep: [Recording] = [], options: AuditOptions,
    baselineScan: inout ModelScan?
  ) throws(AnalysisFault) -> AuditResult {
    try check(options)
    try check(baseline, .baseline)
    try check(egt, .egt)
    guard baseline[0].exitCount == egt[0].exitCount else {
      throw .differentExitCounts(baseline: baseline[0].exitCount, egt: egt[0].exitCount)
    }

    let scans = try reading { () throws(RecordingFault) in
      try ModelScan.scan(
        baseline: baseline, egt: egt, threshold: options.threshold, knownBaseline: baselineScan)
    }
    baselineScan = scans.baseline
    let repeated = try reading { () throws(RecordingFault) in
      (
        baseline: try RepeatedExits(baseline, scans.baseline),
        egt: try RepeatedExits(egt, scans.egt)
      )
    }
    let refusal = try reading { () throws(RecordingFault) in
      try SampleIdentity.difference(baseline[0], egt[0])
    }
    var left: ModelResult
    var right: ModelResult
    var paired: PairedResult?
    if refusal == nil {
      let design = RunDesign(baseline, egt)
      var bootstrap = Bootstrap(baseline[0], options, design)
      let leftPlan = ArmStatistics(scans.baseline, recordings: baseline, bootstrap: &bootstrap)
      let rightPlan = ArmStatistics(scans.egt, recordings: egt, bootstrap: &bootstrap)
      let pairedPlan = PairedStatistics(
        baseline: scans.baseline, egt: scans.egt, design: design, bootstrap: &bootstrap)
      let distributions = bootstrap.run()
      left = leftPlan.result(distributions, threshold: options.threshold)
      right = rightPlan.result(distributions, threshold: options.threshold)
      paired = pairedPlan.result(distributions)
      paired!.withhold(
        MapPremise(
          baseline: baseline[0].manifest, egt: egt[0].manifest,
          repeated: [(.baseline, repeated.baseline.sameMaps), (.egt, repeated.egt.sameMaps)],
          negative: (scans.baseline.negativeExits, scans.egt.negativeExits)))
    } else {
      left = alone(scans.baseline, baseline, options)
      right = alone(scans.egt, egt, options)
    }

    addLedgers(to: &left, &right, paired: &paired, baseline, egt, options)
    let calibration = CalibrationAudit(
      baseline: baseline, egt: egt, arePaired: refusal == nil, options: options)
    left.calibration = calibration.baseline
    right.calibration = calibration.egt
    paired?.calibration = calibration.paired

    let manifest = baseline[0].manifest
    var classCounts = [Int](repeating: 0, count: baseline[0].classCount)
    for label in baseline[0].labels { classCounts[label] += 1 }
    var result = AuditResult(
      classNames: manifest.classNames, sampleCount: baseline[0].sampleCount,
      input: manifest.input, channels: manifest.channels, classCounts: classCounts,
      threshold: options.threshold, bootstrapResamples: options.resamples,
      bootstrapSeed: options.seed, baseline: left, egt: right, paired: paired,
      pairingRefusal: refusal.map { "EGT has \($0)" }, flags: [],
      samples: refusal == nil
        ? SampleResults.rows(
          baseline: scans.baseline, egt: scans.egt, labels: baseline[0].labels) : [])
    if refusal == nil {
      result.classes = ClassStatistics(
        baseline: scans.baseline, egt: scans.egt, options: options
      ).rows(classCount: baseline[0].classCount)
      try addDisagreement(
        to: &result, scans, baseline, egt, design: result.paired!.design!, options)
    }
    if !sweep.isEmpty {
      result.sweep = try LambdaSweep.make(
        sweep,
        // A baseline with other maps would put their difference where λ's is drawn.
        baseline: paired != nil && paired?.mapPremise == nil ? (scans.baseline, baseline) : nil,
        egt: (scans.egt, egt))
    }
    result.faithfulness = try FaithfulnessAudit.run(
      baseline: baseline, egt: egt, arePaired: refusal == nil, options: options)
    result.flags = try reading { () throws(RecordingFault) in
      try Flags.raise(
        result, baseline: baseline, egt: egt, repeated: repeated,
        negative: (scans.baseline.negativeMaps, scans.egt.negativeMaps))
    }
    return result
  }

  /// An arm whose samples are not the other's.
  private static func alone(
    _ scan: ModelScan, _ recordings: [Recording], _ options: AuditOptions
  ) -> ModelResult {
    var bootstrap = Bootstrap(
      recordings[0], options, RunDesign(recordings, recordings))
    let plan = ArmStatistics(scan, recordings: recordings, bootstrap: &bootstrap)
    return plan.result(bootstrap.run(), threshold: options.threshold)
  }

  /// Of two arms of the same samples.
  private static func addDisagreement(
    to result: inout AuditResult, _ scans: (baseline: ModelScan, egt: ModelScan),
    _ baseline: [Recording], _ egt: [Recording], design: RunDesign, _ options: AuditOptions
  ) throws(AnalysisFault) {
    let maps = try reading { () throws(RecordingFault) in
      try FinalMapAgreement(baseline: baseline[0], egt: egt[0])
    }
    for sample in result.samples.indices {
      result.samples[sample].finalCosine = maps.cosine[sample]
    }
    result.disagreement = try reading { () throws(RecordingFault) in
      try Disagreement(
        scans, recordings: (baseline[0], egt[0]), maps: maps, design: design, options: options)
    }
  }

  /// Runs what reads maps or images.
  private static func reading<Value>(
    _ body: () throws(RecordingFault) -> Value
  ) throws(AnalysisFault) -> Value {
    do throws(RecordingFault) { return try body() } catch { throw .recording(error) }
  }

  private static func check(_ options: AuditOptions) throws(AnalysisFault) {
    guard (0...1).contains(options.threshold) else {
      throw .badOption(name: "threshold", expected: "0 to 1", got: "\(options.threshold)")
    }
    guard options.resamples >= 1 else {
      throw .badOption(name: "resamples", expected: "at least 1", got: "\(options.resamples)")
    }
    for target in options.targets {
      let share =
        switch target {
        case .accuracy(let share), .belowFinal(let share), .budget(let share): share
        }
      guard (0...1).contains(share) else {
        throw .badOption(name: "targets", expected: "shares from 0 to 1", got: "\(share)")
      }
    }
  }

  private static func check(
    _ recordings: [Recording], _ arm: ModelResult.Arm
  ) throws(AnalysisFault) {
    guard let first = recordings.first else { throw .noRecording(arm: arm) }
    for (index, recording) in recordings.enumerated() {
      precondition(
        recording.hasWholeTensors,
        "recording \(index + 1) of \(arm.rawValue) does not pass Recording.validate(at:)")
      let difference = try reading { () throws(RecordingFault) in
        try SampleIdentity.difference(first, recording)
      }
      if let difference {
        throw .recordingsDiffer(arm: arm, index: index + 1, difference: difference)
      }
      if !recording.manifest.exits.elementsEqual(first.manifest.exits, by: { $0.isLike($1) }) {
        throw .recordingsDiffer(
          arm: arm, index: index + 1, difference: "exits of other grids or costs")
      }
    }
    try ArmPremises.check(recordings, arm)
  }
}

extension Bootstrap {
  fileprivate init(_ recording: Recording, _ options: AuditOptions, _ design: RunDesign) {
    self.init(
      sampleCount: recording.sampleCount, resamples: options.resamples, seed: options.seed,
      design: design)
  }
}

extension Recording {
  var seed: UInt64? { manifest.provenance?.seed }

  /// Whether arrays are as long as the manifest says, so that no loop runs past an end.
  fileprivate var hasWholeTensors: Bool {
    sampleCount > 0 && exitCount >= 2 && logits.count == exitCount && attention.count == exitCount
      && labels.allSatisfy { (0..<classCount).contains($0) }
      && (0..<exitCount).allSatisfy { exit in
        logits[exit].count == sampleCount * classCount
          && attention[exit].count == sampleCount * manifest.exits[exit].grid.count
      }
  }
}

extension RecordingManifest.Exit {
  /// Whether two recordings can show the same exit; an older one does not tell its parameters.
  fileprivate func isLike(_ other: Self) -> Bool {
    grid == other.grid && macs == other.macs
      && (parameters == nil || other.parameters == nil || parameters == other.parameters)
  }
}
