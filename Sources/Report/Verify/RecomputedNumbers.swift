/// A report's headline from its own table of samples: accuracies, mean cosines and centred correlations of every exit,
/// their means, where samples leave, and the differences between the arms.
///
/// Intervals, nulls and what else comes from the maps is not in it.
struct RecomputedNumbers {
  /// Where the report prints each number, and what it should be.
  private(set) var list: [(place: String, value: Double?)] = []

  /// - Parameter macs: per arm and exit; nil where an arm's are unknown.
  init(_ samples: SampleCount, macs: [String: [Double]]) {
    add(Double(samples.count), json: "samples")
    for name in ["baseline", "egt"] { add(samples.arms[name]!, named: name, macs[name]) }
    addDifferences(samples.arms["baseline"]!, samples.arms["egt"]!)
  }

  private mutating func add(_ value: Double?, json: String, csv: String? = nil) {
    list.append(("\(PrintedNumbers.json), \(json)", value))
    if let csv { list.append(("data/\(csv)", value)) }
  }

  private mutating func add(_ arm: SampleCount.Arm, named name: String, _ macs: [Double]?) {
    let path = "arms.\(name)"
    let early = arm.exits.dropLast()
    for (index, exit) in arm.exits.enumerated() {
      func add(_ value: Double?, _ key: String) {
        self.add(
          value, json: "\(path).exits[\(index)].\(key)",
          csv: "exits.csv, \(name) \(index + 1), \(key)")
      }
      add(SampleCount.share(exit.isRight), "accuracy")
      guard index < early.count else { continue }
      let defined = exit.cosine.count { $0 != nil }
      add(SampleCount.mean(exit.cosine), "cosine")
      add(SampleCount.mean(exit.centred), "centred")
      add(Double(defined), "n")
      add(Double(exit.cosine.count - defined), "undefined")
    }
    func addMean(_ value: Double?, _ key: String) {
      add(value, json: "\(path).mean.\(key)", csv: "exits.csv, \(name) mean, \(key)")
    }
    addMean(SampleCount.mean(early.map { SampleCount.share($0.isRight) }), "accuracy")
    addMean(SampleCount.mean(early.map { SampleCount.mean($0.cosine) }), "cosine")
    addMean(SampleCount.mean(early.map { SampleCount.mean($0.centred) }), "centred")

    let shares = arm.exits.indices.map { exit in
      SampleCount.share(arm.leavesAt.map { $0 == exit + 1 }) ?? 0
    }
    for (index, share) in shares.enumerated() {
      add(
        share, json: "\(path).earlyExit.shares[\(index)]",
        csv: "exits.csv, \(name) \(index + 1), share_leaving")
    }
    add(
      SampleCount.share(arm.leavesAt.enumerated().map { arm.exits[$1 - 1].isRight[$0] }),
      json: "\(path).earlyExit.accuracy", csv: "early-exit.csv, \(name), accuracy")
    add(
      macs.map { zip(shares, $0).reduce(0) { $0 + $1.0 * $1.1 } },
      json: "\(path).earlyExit.meanMacs", csv: "early-exit.csv, \(name), mean_macs")
  }

  private mutating func addDifferences(_ baseline: SampleCount.Arm, _ egt: SampleCount.Arm) {
    let early = baseline.exits.count - 1
    var means: [(cosine: Double?, centred: Double?, accuracy: Double?)] = []
    for (left, right) in zip(baseline.exits, egt.exits) {
      let isFinal = means.count == early
      func mean(_ values: KeyPath<SampleCount.Exit, [Double?]>) -> Double? {
        isFinal
          ? nil
          : SampleCount.mean(
            SampleCount.difference(right[keyPath: values], left[keyPath: values]))
      }
      let rightness = zip(right.isRight, left.isRight).map { Double?(($0 ? 1 : 0) - ($1 ? 1 : 0)) }
      means.append((mean(\.cosine), mean(\.centred), SampleCount.mean(rightness)))
    }
    for (index, mean) in means.enumerated() {
      addPaired(mean, "paired.exits[\(index)]", "paired.csv, \(index + 1)")
    }
    addPaired(
      (
        SampleCount.mean(means.prefix(early).map(\.cosine)),
        SampleCount.mean(means.prefix(early).map(\.centred)),
        SampleCount.mean(means.prefix(early).map(\.accuracy))
      ), "paired.mean", "paired.csv, mean")
  }

  private mutating func addPaired(
    _ delta: (cosine: Double?, centred: Double?, accuracy: Double?), _ json: String, _ csv: String
  ) {
    add(delta.cosine, json: "\(json).deltaCosine", csv: "\(csv), delta_cosine")
    add(delta.centred, json: "\(json).deltaCentred", csv: "\(csv), delta_centred")
    add(delta.accuracy, json: "\(json).deltaAccuracy", csv: "\(csv), delta_accuracy")
  }
}
