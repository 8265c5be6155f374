/// A report's headline from its own table of samples: accuracies, mean cosines and centred correlations of every exit,
/// their means, where samples leave, and the differences between models. Of a model with several runs the table holds
/// the first alone; it is left out.
///
/// Intervals, nulls and what else comes from the maps is not in it.
struct RecomputedNumbers {
  /// Where the report prints each number, and what it should be.
  private(set) var list: [(place: String, value: Double?)] = []

  init(_ samples: SampleCount, _ printed: PrintedModels) {
    add(Double(samples.count), json: "samples")
    func single(_ place: Int) -> SampleCount.Model? {
      printed.models[place].runs == 1 ? samples.models[place] : nil
    }
    for place in printed.models.indices {
      if let model = single(place) { add(model, at: place, printed.models[place]) }
    }
    for (number, comparison) in printed.comparisons.enumerated() where comparison.isPaired {
      // Of models with other numbers of exits only the final ones and means are compared.
      guard let model = single(comparison.model), let reference = single(comparison.reference),
        model.exits.count == reference.exits.count
      else { continue }
      addDifferences(
        reference, model, json: "comparisons[\(number)]",
        csv:
          "\(printed.models[comparison.model].name) \(printed.models[comparison.reference].name)")
    }
  }

  private mutating func add(_ value: Double?, json: String, csv: String? = nil) {
    list.append(("\(PrintedNumbers.json), \(json)", value))
    if let csv { list.append(("data/\(csv)", value)) }
  }

  /// A measured number, which is an object in JSON or null.
  private mutating func add(
    measured value: Double?, json: String, member: String = "value", csv: String
  ) {
    add(value, json: value == nil ? json : "\(json).\(member)", csv: csv)
  }

  private mutating func add(
    _ model: SampleCount.Model, at place: Int, _ printed: PrintedModels.Model
  ) {
    let path = "models[\(place)]"
    let name = printed.name
    let early = model.exits.dropLast()
    for (index, exit) in model.exits.enumerated() {
      func add(_ value: Double?, _ key: String) {
        self.add(
          measured: value, json: "\(path).exits[\(index)].\(key)",
          csv: "exits.csv, \(name) \(index + 1), \(key)")
      }
      add(SampleCount.share(exit.isRight), "accuracy")
      guard index < early.count else { continue }
      let defined = exit.cosine.count { $0 != nil }
      add(SampleCount.mean(exit.cosine), "cosine")
      add(SampleCount.mean(exit.centred), "centred")
      for (key, count) in [("n", defined), ("undefined", exit.cosine.count - defined)] {
        self.add(
          Double(count), json: "\(path).exits[\(index)].\(key)",
          csv: "exits.csv, \(name) \(index + 1), \(key)")
      }
    }
    if !early.isEmpty {
      func addMean(_ value: Double?, _ key: String) {
        add(
          measured: value, json: "\(path).mean.\(key)", csv: "exits.csv, \(name) mean, \(key)")
      }
      addMean(SampleCount.mean(early.map { SampleCount.share($0.isRight) }), "accuracy")
      addMean(SampleCount.mean(early.map { SampleCount.mean($0.cosine) }), "cosine")
      addMean(SampleCount.mean(early.map { SampleCount.mean($0.centred) }), "centred")
    }
    let shares = model.exits.indices.map { exit in
      SampleCount.share(model.leavesAt.map { $0 == exit + 1 }) ?? 0
    }
    for (index, share) in shares.enumerated() {
      add(
        share, json: "\(path).earlyExit.shares[\(index)]",
        csv: "exits.csv, \(name) \(index + 1), share_leaving")
    }
    add(
      measured: SampleCount.share(
        model.leavesAt.enumerated().map { model.exits[$1 - 1].isRight[$0] }),
      json: "\(path).earlyExit.accuracy", csv: "early-exit.csv, \(name), accuracy")
    add(
      printed.macs.map { zip(shares, $0).reduce(0) { $0 + $1.0 * $1.1 } },
      json: "\(path).earlyExit.meanMacs", csv: "early-exit.csv, \(name), mean_macs")
  }

  private mutating func addDifferences(
    _ reference: SampleCount.Model, _ model: SampleCount.Model, json: String, csv: String
  ) {
    let early = reference.exits.count - 1
    var means: [(cosine: Double?, centred: Double?, accuracy: Double?)] = []
    for (left, right) in zip(reference.exits, model.exits) {
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
    func add(
      _ delta: (cosine: Double?, centred: Double?, accuracy: Double?), _ path: String,
      _ place: String
    ) {
      for (key, value) in [
        ("cosine", delta.cosine), ("centred", delta.centred), ("accuracy", delta.accuracy),
      ] {
        // What is not compared is not there at all.
        guard let value else { continue }
        self.add(
          measured: value, json: "\(json).\(path).\(key)", member: "delta",
          csv: "numbers.csv, \(csv) \(key) \(place), value")
      }
    }
    for (index, mean) in means.enumerated() {
      add(mean, "exits[\(index)]", "exit \(index + 1)")
    }
    guard early > 0 else { return }
    add(
      (
        SampleCount.mean(means.prefix(early).map(\.cosine)),
        SampleCount.mean(means.prefix(early).map(\.centred)),
        SampleCount.mean(means.prefix(early).map(\.accuracy))
      ), "mean", "mean")
  }
}
