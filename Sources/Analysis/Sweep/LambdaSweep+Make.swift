import Recordings

extension LambdaSweep {
  /// - Parameters:
  ///   - others: each passes `Recording.validate(at:)`.
  ///   - baseline: nil where the baseline's images, or its kind of maps, are not EGT's.
  static func make(
    _ others: [Recording], baseline: (scan: ModelScan, recordings: [Recording])?,
    egt: (scan: ModelScan, recordings: [Recording])
  ) throws(AnalysisFault) -> LambdaSweep {
    var runs: [Run] = []
    for arm in [baseline, egt].compactMap({ $0 }) {
      runs += zip(arm.recordings, arm.scan.exits).compactMap { Run($0, $1) }
    }
    for (index, recording) in others.enumerated() {
      let difference: String?
      let exits: [ExitScan]
      do throws(RecordingFault) {
        difference = try Self.difference(egt.recordings[0], recording)
        exits =
          difference == nil
          ? try RecordingScan(recording, sharedGrid: egt.scan.sharedGrid).exits : []
      } catch {
        throw .recording(error)
      }
      if let difference { throw .notOfTheSweep(index: index + 1, difference: difference) }
      runs.append(Run(recording, exits)!)
    }
    // `sorted` keeps the order of equal elements.
    return LambdaSweep(runs: runs.sorted { $0.lambda < $1.lambda })
  }

  /// Why a recording is not EGT's training at another λ; nil where it is, as far as recordings tell.
  private static func difference(
    _ egt: Recording, _ other: Recording
  ) throws(RecordingFault) -> String? {
    if let samples = try SampleIdentity.difference(egt, other) { return samples }
    guard egt.manifest.exits.map(\.grid) == other.manifest.exits.map(\.grid) else {
      return "exits of other grids"
    }
    let (left, right) = (egt.manifest.provenance, other.manifest.provenance)
    guard let lambda = right?.lambda else { return "no λ in its provenance" }
    guard egt.manifest.hasMapsOfTheKind(of: other.manifest) else {
      return "other maps (\(other.manifest.mapDescription ?? "of a kind that is not given"))"
    }
    // Without a consistency term there is nothing for a stopped gradient to stop.
    let haveConsistency = lambda != 0 && (left?.lambda ?? 0) != 0
    if haveConsistency, left?.stopGradient != right?.stopGradient {
      return right?.stopGradient == true ? "stop-gradient" : "no stop-gradient"
    }
    for setting in left?.settings ?? [] {
      guard let key = setting.key, isCompared(key, haveConsistency: haveConsistency),
        let own = right?.value(of: key), own != setting.value
      else { continue }
      return "\(setting.spelling) \(own) instead of \(setting.value)"
    }
    return nil
  }

  /// A loss in words may hold λ itself, and what other programs call a setting may be anything.
  private static func isCompared(_ key: SettingKey, haveConsistency: Bool) -> Bool {
    switch key.role {
    case .training: true
    case .consistencyTerm: haveConsistency
    case .summary, .place, .seed: false
    }
  }
}
