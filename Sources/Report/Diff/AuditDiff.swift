/// What changed from one audit to another.
struct AuditDiff: Sendable {
  /// One number in both audits.
  struct Number: Sendable {
    /// "cosine", "accuracy, %".
    var name: String
    var first: Double?
    var second: Double?
    /// Whether the two 95 % intervals have no point in common; nil where one has none.
    var areApart: Bool?
    var decimals: Int
  }

  /// The numbers of one place that changed.
  struct Group: Sendable {
    /// "EGT, exit 2".
    var title: String
    var numbers: [Number]
  }

  /// Something about how the audits were made; nil where unknown.
  struct Circumstance: Sendable {
    var name: String
    var first: String?
    var second: String?
  }

  /// Those that differ, and the names of those that do not.
  private(set) var circumstances: [Circumstance] = []
  private(set) var same: [String] = []
  private(set) var flagsGone: [AuditSummary.Raised] = []
  private(set) var flagsNew: [AuditSummary.Raised] = []
  private(set) var flagsKept = 0
  private(set) var groups: [Group] = []
  /// Numbers that were compared.
  private(set) var comparedCount = 0
  /// Whether both are about the same images, as far as their data's hashes and counts tell; nil where a hash is missing
  /// and nothing else tells them apart.
  let isSameData: Bool?

  var isEmpty: Bool {
    circumstances.isEmpty && flagsGone.isEmpty && flagsNew.isEmpty && groups.isEmpty
  }

  init(_ first: AuditSummary, _ second: AuditSummary) {
    isSameData = Self.isSameData(first, second)
    compareCircumstances(first, second)
    let flags = (Set(first.flags), Set(second.flags))
    flagsGone = first.flags.filter { !flags.1.contains($0) }
    flagsNew = second.flags.filter { !flags.0.contains($0) }
    flagsKept = flags.0.intersection(flags.1).count
    for (name, path) in [
      ("Baseline", \AuditSummary.Arms.baseline), ("EGT", \AuditSummary.Arms.egt),
    ] {
      compare(name, first.arms[keyPath: path], second.arms[keyPath: path])
    }
    comparePaired(first.paired, second.paired)
  }

  // MARK: How they were made

  private static func isSameData(_ first: AuditSummary, _ second: AuditSummary) -> Bool? {
    guard first.samples == second.samples, first.classNames == second.classNames else {
      return false
    }
    guard let hash = first.dataHash, let other = second.dataHash else { return nil }
    return hash == other
  }

  private mutating func compareCircumstances(_ first: AuditSummary, _ second: AuditSummary) {
    note("name", first, second) { $0.name.map { DisplayText.name($0) } }
    note("data", first, second) { audit in audit.dataHash.map { "hash \(DisplayText.name($0))" } }
    note("images", first, second) { NumberFormat.count($0.samples) }
    note("classes", first, second) {
      DisplayText.text($0.classNames.joined(separator: ", "), limit: 200)
    }
    note("program", first, second) { DisplayText.name($0.generator) }
    note("threshold", first, second) {
      NumberFormat.exact($0.arms.baseline.earlyExit.threshold)
    }
    note("resampling", first, second) {
      "\(NumberFormat.count($0.bootstrap.resamples)) resamples, seed \($0.bootstrap.seed)"
    }
    for (name, path) in [
      ("baseline", \AuditSummary.Arms.baseline), ("EGT", \AuditSummary.Arms.egt),
    ] {
      note("\(name)’s training", first, second) { Self.training($0.arms[keyPath: path]) }
      compareSettings(name, first.arms[keyPath: path].settings, second.arms[keyPath: path].settings)
    }
    note("targets of exit thresholds", first, second) { audit in
      // Both models are measured against the same ones.
      audit.arms.baseline.ledger.map { Self.targets($0) }
    }
  }

  /// Every option that is not the same in both.
  private mutating func compareSettings(
    _ model: String, _ first: [AuditSummary.Setting]?, _ second: [AuditSummary.Setting]?
  ) {
    guard let first, let second else { return }
    var settings: [AuditSummary.Setting] = []
    for setting in first + second where !settings.contains(where: setting.isSame) {
      settings.append(setting)
    }
    for setting in settings {
      let values = [first, second].map { settings in
        settings.first(where: setting.isSame).map { DisplayText.text($0.value, limit: 100) }
          ?? "none"
      }
      guard values[0] != values[1] else { continue }
      circumstances.append(
        Circumstance(
          name: "\(model)’s \(DisplayText.name(setting.name, limit: 40))", first: values[0],
          second: values[1]))
    }
  }

  /// "below final accuracy 0.01, share of final cost 0.5"; every policy has the same ones.
  private static func targets(_ ledger: AuditSummary.Ledger) -> String {
    let choices = ledger.policies.sorted { $0.key < $1.key }.first?.value ?? []
    guard !choices.isEmpty else { return "none" }
    return choices.map { choice in
      DisplayText.name(choice.target, limit: 40) + " "
        + (NumberFormat.exact(choice.targetValue) ?? "unknown")
    }.joined(separator: ", ")
  }

  private static func training(_ arm: AuditSummary.Arm) -> String {
    let seeds = arm.seeds.map { $0.map(String.init) ?? "unknown" }.joined(separator: ", ")
    return [
      "λ = \(NumberFormat.exact(arm.lambda) ?? "unknown")",
      arm.stopGradient == true ? "stop-gradient" : nil,
      arm.attentionKind.map { "\(DisplayText.name($0, limit: 20)) attention" },
      arm.mapKind.map { "maps: \(DisplayText.name($0, limit: 60))" },
      "\(arm.exits.count) exits", "seed\(arm.seeds.count == 1 ? "" : "s") \(seeds)",
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// What is unknown of both is neither the same nor different.
  private mutating func note(
    _ name: String, _ first: AuditSummary, _ second: AuditSummary,
    _ text: (AuditSummary) -> String?
  ) {
    let texts = (text(first), text(second))
    if texts.0 == nil, texts.1 == nil { return }
    if texts.0 == texts.1 {
      same.append(name)
    } else {
      circumstances.append(Circumstance(name: name, first: texts.0, second: texts.1))
    }
  }

  // MARK: Numbers

  private mutating func compare(
    _ name: String, _ first: AuditSummary.Arm, _ second: AuditSummary.Arm
  ) {
    for exit in 1...max(first.exits.count, second.exits.count, 1) {
      let exits = [first, second].map { arm in arm.exits.first { $0.exit == exit } }
      add("\(name), exit \(exit)", exits[0], exits[1], Self.exitMeasures)
    }
    add("\(name), mean of the early exits", first.mean, second.mean, Self.exitMeasures)
    add(
      "\(name), stopping early", first.earlyExit, second.earlyExit,
      [
        Measure("accuracy, %", 100, 1) { ($0.accuracy, $0.accuracyLow, $0.accuracyHigh) },
        Measure("leaving early, %", 100, 1) { ($0.shares.last.map { 1 - $0 }, nil, nil) },
        Measure("million MACs an image", 1e-6, 2) { ($0.meanMacs, nil, nil) },
      ])
  }

  private mutating func comparePaired(
    _ first: AuditSummary.Paired, _ second: AuditSummary.Paired
  ) {
    let measures: [Measure<AuditSummary.Difference>] = [
      Measure("Δ cosine", 1, 3) { ($0.deltaCosine, $0.low, $0.high) },
      Measure("Δ centred r", 1, 3) {
        ($0.deltaCentred, $0.deltaCentredLow, $0.deltaCentredHigh)
      },
      Measure("Δ accuracy, points", 100, 1) {
        ($0.deltaAccuracy, $0.deltaAccuracyLow, $0.deltaAccuracyHigh)
      },
    ]
    for exit in 0..<max(first.exits.count, second.exits.count) {
      let exits = [first, second].map { paired in paired.exits.first { $0.exit == exit + 1 } }
      add("EGT − baseline, exit \(exit + 1)", exits[0], exits[1], measures)
    }
    add("EGT − baseline, mean of the early exits", first.mean, second.mean, measures)
  }

  private static let exitMeasures: [Measure<AuditSummary.Exit>] = [
    Measure("cosine", 1, 3) { ($0.cosine, $0.cosineLow, $0.cosineHigh) },
    Measure("null", 1, 3) { ($0.null, nil, nil) },
    Measure("excess", 1, 3) { ($0.excess, $0.excessLow, $0.excessHigh) },
    Measure("centred r", 1, 3) { ($0.centred, $0.centredLow, $0.centredHigh) },
    Measure("spread", 1, 2) { ($0.spread, nil, nil) },
    Measure("accuracy, %", 100, 1) { ($0.accuracy, $0.accuracyLow, $0.accuracyHigh) },
  ]

  /// How a number and its interval are taken from a place, and printed.
  private struct Measure<Place: Sendable>: Sendable {
    var name: String
    var factor: Double
    var decimals: Int
    var take: @Sendable (Place) -> (value: Double?, low: Double?, high: Double?)

    init(
      _ name: String, _ factor: Double, _ decimals: Int,
      take: @escaping @Sendable (Place) -> (value: Double?, low: Double?, high: Double?)
    ) {
      self.name = name
      self.factor = factor
      self.decimals = decimals
      self.take = take
    }
  }

  private mutating func add<Place: Sendable>(
    _ title: String, _ first: Place?, _ second: Place?, _ measures: [Measure<Place>]
  ) {
    var group = Group(title: title, numbers: [])
    for measure in measures {
      let none: (value: Double?, low: Double?, high: Double?) = (nil, nil, nil)
      let (left, right) = (first.map(measure.take) ?? none, second.map(measure.take) ?? none)
      guard left.value != nil || right.value != nil else { continue }
      comparedCount += 1
      guard left.value != right.value else { continue }
      var areApart: Bool?
      if let low = left.low, let high = left.high, let other = right.low, let top = right.high {
        areApart = high < other || top < low
      }
      group.numbers.append(
        Number(
          name: measure.name, first: left.value.map { $0 * measure.factor },
          second: right.value.map { $0 * measure.factor }, areApart: areApart,
          decimals: measure.decimals))
    }
    if !group.numbers.isEmpty { groups.append(group) }
  }
}
