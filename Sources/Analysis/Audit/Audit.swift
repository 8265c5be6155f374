import Recordings
import TensorCore

/// One audit on its way from recordings to a result. Models that saw the same samples are one group: they are drawn
/// together, and only they are compared.
struct Audit {
  private let models: [Model]
  private let options: AuditOptions
  private let groups: SampleGroups
  private let scans: [ModelScan]
  private let repeated: [RepeatedExits]
  /// Of models that are compared, the place of what they are compared with.
  private let references: [Int: Int]
  private(set) var result: AuditResult

  /// - Parameter models: checked by `Auditor`.
  init(_ models: [Model], _ options: AuditOptions) throws(RecordingFault) {
    self.models = models
    self.options = options
    groups = try SampleGroups(models)
    let sharedGrid = SharedGridMaps.grid(of: models.map { $0.recordings[0].manifest })
    var scans: [ModelScan] = []
    var repeated: [RepeatedExits] = []
    for model in models {
      let scan = try ModelScan(
        model.recordings, sharedGrid: sharedGrid,
        functions: Measure.all.compactMap(\.source.function), threshold: options.threshold,
        seed: options.seed)
      scans.append(scan)
      repeated.append(try RepeatedExits(model.recordings, scan))
    }
    self.scans = scans
    self.repeated = repeated
    var references: [Int: Int] = [:]
    for group in groups.groups {
      for model in groups.compared(group, of: models) {
        references[model] = models[model].reference
      }
    }
    self.references = references
    result = Self.frame(models, scans, groups, options)
    for group in groups.groups {
      addNumbers(of: group)
      addLedgers(of: group)
      addCalibration(of: group)
      try addFaithfulness(of: group)
    }
    withhold()
    try addSamples()
    result.sweep = try LambdaSweep.make(models, scans, groups.groups[0])
    result.flags = try Flags.raise(
      FlagSubjects(
        result: result, numbers: result.numbers, models: models, repeated: repeated,
        negative: scans.map(\.negativeMaps), groups: groups))
  }

  private static func frame(
    _ models: [Model], _ scans: [ModelScan], _ groups: SampleGroups, _ options: AuditOptions
  ) -> AuditResult {
    let first = models[0].recordings[0]
    var classCounts = [Int](repeating: 0, count: first.classCount)
    for label in first.labels { classCounts[label] += 1 }
    let comparisons = models.indices.filter { models[$0].reference != $0 }.map { index in
      let refusal = groups.refusals[index].map { "\(models[index].name.shortLine) has \($0)" }
      let reference = models[index].reference
      var comparison = Comparison(
        model: index, refusal: refusal,
        paired: refusal == nil
          ? PairedResult(
            reference: scans[reference], model: scans[index],
            design: RunDesign(models[reference].recordings, models[index].recordings)) : nil)
      comparison.reference = reference
      return comparison
    }
    return AuditResult(
      classNames: first.manifest.classNames, sampleCount: first.sampleCount,
      input: first.manifest.input, channels: first.manifest.channels, classCounts: classCounts,
      threshold: options.threshold, bootstrapResamples: options.resamples,
      bootstrapSeed: options.seed,
      models: zip(models, scans).enumerated().map { index, pair in
        ModelResult(pair.0, index: index, pair.1, threshold: options.threshold)
      }, comparisons: comparisons, flags: [], samples: [])
  }

  /// The place of a comparison in the result's list.
  private func comparison(_ model: Int) -> Int {
    result.comparisons.firstIndex { $0.model == model }!
  }

  /// Per model of a group, the place in the group of what it is compared with.
  private func references(in group: [Int]) -> [Int?] {
    group.map { model in references[model].flatMap { group.firstIndex(of: $0) } }
  }
}

extension Audit {
  private mutating func addNumbers(of group: [Int]) {
    var bootstrap = Bootstrap(
      sampleCount: scans[group[0]].sampleCount, resamples: options.resamples, seed: options.seed)
    var own: [ModelNumbers] = []
    var differences: [DifferenceNumbers] = []
    var correctness: [(model: Int, exit: Int, Pending<CorrectnessResult>)] = []
    // A reference's runs are drawn as in its first comparison; without one, as if beside themselves.
    for model in group {
      let design = bootstrap.add(self.design(of: model, in: group))
      own.append(
        ModelNumbers(
          scans[model], model: model, design: design, isReference: references[model] == nil,
          &bootstrap))
      for exit in 0..<scans[model].exitCount - 1 {
        if let pending = CorrectnessResult.ask(scans[model], exit: exit, &bootstrap) {
          correctness.append((model, exit, pending))
        }
      }
    }
    for model in group {
      guard let reference = references[model] else { continue }
      let design = RunDesign(models[reference].recordings, models[model].recordings)
      differences.append(
        DifferenceNumbers(
          reference: scans[reference], model: scans[model], number: model, design: design,
          designNumber: bootstrap.add(design), &bootstrap))
    }
    let distributions = bootstrap.run()
    for numbers in own { numbers.fill(&result.numbers, distributions) }
    for numbers in differences { numbers.fill(&result.numbers, distributions) }
    for (model, exit, pending) in correctness {
      result.models[model].exits[exit].correctness = pending.value(in: distributions)
    }
    ClassNumbers.fill(
      &result.numbers, scans, models: group, references: references,
      classCount: models[group[0]].recordings[0].classCount, options)
  }

  private func design(of model: Int, in group: [Int]) -> RunDesign {
    let own = models[model].recordings
    if let reference = references[model] { return RunDesign(models[reference].recordings, own) }
    guard let other = group.first(where: { references[$0] == model }) else {
      return RunDesign(own, own)
    }
    return RunDesign(own, models[other].recordings)
  }

  /// Each recording's answers on a core of its own, then each model's intervals, then those of differences.
  private mutating func addLedgers(of group: [Int]) {
    let recordings = group.flatMap { models[$0].recordings }
    let all = ParallelLoop.map(recordings.count) { [options] in LedgerRun(recordings[$0], options) }
    var runs: [Int: [LedgerRun]] = [:]
    var start = 0
    for model in group {
      let count = models[model].recordings.count
      runs[model] = Array(all[start..<start + count])
      start += count
    }
    for model in group {
      let (own, manifest) = (runs[model]!, models[model].recordings[0].manifest)
      result.models[model].ledger = ExitLedger(own, manifest, options, hasIntervals: true)
      result.models[model].seedLedgers =
        own.count == 1 ? [] : own.map { ExitLedger([$0], manifest, options, hasIntervals: false) }
      if let reference = references[model] {
        result.comparisons[comparison(model)].paired?.ledger = PairedLedger(
          reference: runs[reference]!, model: own, options)
      }
    }
  }

  private mutating func addCalibration(of group: [Int]) {
    let audit = CalibrationAudit(
      group.map { models[$0].recordings }, references: references(in: group), options)
    for (place, model) in group.enumerated() {
      result.models[model].calibration = audit.models[place]
      if references[model] != nil {
        result.comparisons[comparison(model)].paired?.calibration = audit.comparisons[place]
      }
    }
  }

  private mutating func addFaithfulness(of group: [Int]) throws(RecordingFault) {
    let audit = try FaithfulnessAudit(
      group.map { models[$0] }, references: references(in: group), options)
    for (place, model) in group.enumerated() {
      result.models[model].faithfulness = audit.models[place]
      if references[model] != nil {
        result.comparisons[comparison(model)].faithfulness = audit.comparisons[place]
      }
    }
  }

  /// Where a comparison's premise fails, the numbers of maps stay, and nothing is said of them.
  private mutating func withhold() {
    for (model, reference) in references {
      func side(_ index: Int) -> MapPremise.Side {
        MapPremise.Side(
          name: models[index].name, manifest: models[index].recordings[0].manifest,
          repeated: repeated[index].sameMaps, negative: scans[index].negativeExits)
      }
      guard let premise = MapPremise(reference: side(reference), model: side(model)) else {
        continue
      }
      result.comparisons[comparison(model)].paired?.mapPremise = premise
      result.numbers.withholdMaps(of: .difference(model))
    }
  }

  /// Image by image, of the reference's samples.
  private mutating func addSamples() throws(RecordingFault) {
    let group = groups.groups[0]
    var finalCosines: [Int: Column] = [:]
    for model in group {
      guard let reference = references[model] else { continue }
      let first = (models[reference].recordings[0], models[model].recordings[0])
      let maps = try FinalMapAgreement(reference: first.0, model: first.1)
      finalCosines[model] = maps.cosine
      result.comparisons[comparison(model)].disagreement = try Disagreement(
        (scans[reference], scans[model]), recordings: first, maps: maps,
        design: RunDesign(models[reference].recordings, models[model].recordings),
        options: options)
    }
    result.samples = SampleResults.rows(
      scans, models: group, references: references.filter { group.contains($0.key) },
      finalCosines: finalCosines)
    result.classes = result.classNames.indices.map { label in
      ClassResult(label: label, sampleCount: result.classCounts[label])
    }
  }
}
