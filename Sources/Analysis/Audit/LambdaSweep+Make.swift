import Recordings

extension LambdaSweep {
  /// The models that were trained like the first guided one but for λ and the seed, on the same samples; nil where they
  /// have fewer than three λ.
  /// - Parameter group: models that saw the same samples.
  static func make(
    _ models: [Model], _ scans: [ModelScan], _ group: [Int]
  ) throws(RecordingFault) -> LambdaSweep? {
    func lambda(_ model: Int) -> Double? {
      models[model].recordings[0].manifest.provenance?.lambda
    }
    guard let anchor = group.first(where: { (lambda($0) ?? 0) != 0 }) else { return nil }
    let members = group.filter { model in
      lambda(model) != nil
        && isAlike(models[anchor].recordings[0].manifest, models[model].recordings[0].manifest)
    }
    guard Set(members.map(lambda)).count >= 3 else { return nil }
    let runs = members.flatMap { model in
      zip(models[model].recordings, scans[model].exits).compactMap { Run($0, $1) }
    }
    // `sorted` keeps the order of equal elements.
    return LambdaSweep(runs: runs.sorted { $0.lambda < $1.lambda })
  }

  /// Whether two recordings are of one training at two λ, as far as they tell.
  private static func isAlike(_ first: RecordingManifest, _ other: RecordingManifest) -> Bool {
    let (left, right) = (first.provenance, other.provenance)
    guard first.exits.map(\.grid) == other.exits.map(\.grid), first.hasMapsOfTheKind(of: other)
    else { return false }
    // Without a consistency term there is nothing for a stopped gradient to stop.
    let haveConsistency = (left?.lambda ?? 0) != 0 && (right?.lambda ?? 0) != 0
    if haveConsistency, left?.stopGradient != right?.stopGradient { return false }
    return (left?.settings ?? []).allSatisfy { setting in
      guard let key = setting.key, isCompared(key, haveConsistency: haveConsistency),
        let own = right?.value(of: key)
      else { return true }
      return own == setting.value
    }
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
