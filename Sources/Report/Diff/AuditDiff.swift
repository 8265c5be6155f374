import Recordings

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
    /// "EGT, exit 2", by the model's name.
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
    for (left, right) in Self.shared(first, second) { compare(left, right) }
    for left in first.comparisons {
      let right = second.comparisons.first {
        $0.model == left.model && $0.reference == left.reference
      }
      if let right { compare(left, right) }
    }
  }

  /// Models of one name in both.
  private static func shared(
    _ first: AuditSummary, _ second: AuditSummary
  ) -> [(AuditSummary.Model, AuditSummary.Model)] {
    first.models.compactMap { model in
      second.models.first { $0.name == model.name }.map { (model, $0) }
    }
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
    note("models", first, second) { audit in
      DisplayText.text(audit.models.map(\.name).joined(separator: ", "), limit: 200)
    }
    note("threshold", first, second) { audit in
      audit.models.first.flatMap { NumberFormat.exact($0.earlyExit.threshold) }
    }
    note("resampling", first, second) {
      "\(NumberFormat.count($0.bootstrap.resamples)) resamples, seed \($0.bootstrap.seed)"
    }
    for (left, right) in Self.shared(first, second) {
      let name = DisplayText.name(left.name, limit: 40)
      note("\(name)’s training", Self.training(left), Self.training(right))
      compareSettings(name, left.settings, right.settings)
    }
    note("targets of exit thresholds", first, second) { Self.targets($0.tables) }
  }

  /// Every option that is not the same in both.
  private mutating func compareSettings(
    _ model: String, _ first: [String: String]?, _ second: [String: String]?
  ) {
    guard let first, let second else { return }
    for key in Set(first.keys).union(second.keys).sorted() where first[key] != second[key] {
      let label = SettingKey(rawValue: key)?.label ?? key
      let values = [first[key], second[key]].map { value in
        value.map { DisplayText.text($0, limit: 100) } ?? "none"
      }
      circumstances.append(
        Circumstance(
          name: "\(model)’s \(DisplayText.name(label, limit: 40))", first: values[0],
          second: values[1]))
    }
  }

  /// "below final accuracy 0.01, share of final cost 0.5"; every model and policy has the same ones. nil without any.
  private static func targets(_ tables: AuditSummary.Tables?) -> String? {
    var choices: [AuditSummary.Tables.Choice] = []
    for choice in tables?.thresholds ?? [] where !choices.contains(choice) {
      choices.append(choice)
    }
    guard !choices.isEmpty else { return nil }
    return choices.map { choice in
      DisplayText.name(choice.target, limit: 40) + " "
        + (NumberFormat.exact(choice.targetValue) ?? "unknown")
    }.joined(separator: ", ")
  }

  private static func training(_ model: AuditSummary.Model) -> String {
    let seeds = model.seeds.map { $0.map(String.init) ?? "unknown" }.joined(separator: ", ")
    return [
      "λ = \(NumberFormat.exact(model.lambda) ?? "unknown")",
      model.stopGradient == true ? "stop-gradient" : nil,
      model.attentionKind.map { "\(DisplayText.name($0, limit: 20)) attention" },
      model.mapKind.map { "maps: \(DisplayText.name($0, limit: 60))" },
      "\(model.exits.count) exits", "seed\(model.seeds.count == 1 ? "" : "s") \(seeds)",
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// What is unknown of both is neither the same nor different.
  private mutating func note(
    _ name: String, _ first: AuditSummary, _ second: AuditSummary,
    _ text: (AuditSummary) -> String?
  ) {
    note(name, text(first), text(second))
  }

  private mutating func note(_ name: String, _ first: String?, _ second: String?) {
    if first == nil, second == nil { return }
    if first == second {
      same.append(name)
    } else {
      circumstances.append(Circumstance(name: name, first: first, second: second))
    }
  }

  // MARK: Numbers

  private mutating func compare(_ first: AuditSummary.Model, _ second: AuditSummary.Model) {
    let name = DisplayText.name(first.name, limit: 40)
    for exit in 0..<max(first.exits.count, second.exits.count) {
      let exits = [first, second].map { exit < $0.exits.count ? $0.exits[exit] : nil }
      add("\(name), exit \(exit + 1)", exits[0], exits[1], Self.exitMeasures)
    }
    add("\(name), mean of the early exits", first.mean, second.mean, Self.exitMeasures)
    add(
      "\(name), stopping early", first.earlyExit, second.earlyExit,
      [
        Measure("accuracy, %", 100, 1) { Self.parts($0.accuracy) },
        Measure("leaving early, %", 100, 1) { ($0.shares.last.map { 1 - $0 }, nil, nil) },
        Measure("million MACs an image", 1e-6, 2) { ($0.meanMacs, nil, nil) },
      ])
  }

  private mutating func compare(
    _ first: AuditSummary.Comparison, _ second: AuditSummary.Comparison
  ) {
    let names = [first.model, first.reference].map { DisplayText.name($0, limit: 40) }
    let measures: [Measure<AuditSummary.Difference>] = [
      Measure("Δ cosine", 1, 3) { Self.parts($0.cosine) },
      Measure("Δ centred r", 1, 3) { Self.parts($0.centred) },
      Measure("Δ accuracy, points", 100, 1) { Self.parts($0.accuracy) },
    ]
    let numbers = Set((first.exits + second.exits).compactMap(\.exit)).sorted()
    for number in numbers {
      let exits = [first, second].map { comparison in
        comparison.exits.first { $0.exit == number }
      }
      add("\(names[0]) − \(names[1]), exit \(number)", exits[0], exits[1], measures)
    }
    add("\(names[0]) − \(names[1]), mean of the early exits", first.mean, second.mean, measures)
  }

  private static let exitMeasures: [Measure<AuditSummary.Exit>] = [
    Measure("cosine", 1, 3) { parts($0.cosine) },
    Measure("null", 1, 3) { ($0.null, nil, nil) },
    Measure("excess", 1, 3) { parts($0.excess) },
    Measure("centred r", 1, 3) { parts($0.centred) },
    Measure("spread", 1, 2) { parts($0.spread) },
    Measure("accuracy, %", 100, 1) { parts($0.accuracy) },
  ]

  private static func parts(
    _ number: AuditSummary.Measured?
  ) -> (value: Double?, low: Double?, high: Double?) {
    (number?.value, number?.low, number?.high)
  }

  private static func parts(
    _ number: AuditSummary.Delta?
  ) -> (value: Double?, low: Double?, high: Double?) {
    (number?.delta, number?.low, number?.high)
  }

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
