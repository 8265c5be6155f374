import Recordings

/// Warnings about attention maps.
extension Flags {
  static func mapFlags(_ model: ModelResult, _ numbers: Numbers) -> [Flag] {
    model.exits.flatMap { exit in
      undefinedMaps(model, exit) + collapse(model, exit, numbers) + sameMap(model, exit)
        + noExcess(model, exit, numbers)
    }
  }

  private static func undefinedMaps(_ model: ModelResult, _ exit: ExitResult) -> [Flag] {
    guard exit.undefined > 0 else { return [] }
    let total = exit.n + exit.undefined
    let what =
      exit.exit == model.exits.count
      ? "final maps are zero, constant or not finite"
      : "samples have a zero, constant or non-finite map here or at the final exit"
    return [
      Flag(
        .undefinedMaps, model: model.index, exit: exit.exit,
        "At exit \(exit.exit) of \(name(model)), \(exit.undefined) of \(total) "
          + "\(what), and were left out.")
    ]
  }

  private static func collapse(
    _ model: ModelResult, _ exit: ExitResult, _ numbers: Numbers
  ) -> [Flag] {
    guard let spread = numbers[.spread, .exit(exit.exit), model: model.index]?.value,
      spread < FlagThresholds.collapsedSpread
    else { return [] }
    return [
      Flag(
        .collapse, model: model.index, exit: exit.exit,
        "The maps of \(name(model)) at exit \(exit.exit) are nearly flat "
          + "(spread \(decimal(spread)), below \(FlagThresholds.collapsedSpread)): any two flat maps "
          + "have a cosine near 1, so it says nothing here.")
    ]
  }

  /// Every image has nearly the same map. A network that sets its attention onto one cell for good is not flat, and its
  /// exits may agree perfectly.
  private static func sameMap(_ model: ModelResult, _ exit: ExitResult) -> [Flag] {
    let found = exit.betweenImages.enumerated().compactMap { run, value in
      value.flatMap { $0 >= FlagThresholds.sameMap ? (run: run + 1, value: $0) : nil }
    }
    guard let highest = found.map(\.value).max() else { return [] }
    let count = exit.betweenImages.count
    let runs =
      count == 1
      ? ""
      : " in run\(found.count == 1 ? "" : "s") "
        + "\(found.map { String($0.run) }.joined(separator: ", ")) of \(count)"
    return [
      Flag(
        .sameMap, model: model.index, exit: exit.exit,
        "At exit \(exit.exit) of \(name(model)) different images have nearly the same "
          + "map\(runs) (centred r between images \(found.count == 1 ? "" : "up to ")"
          + "\(decimal(highest)), from \(FlagThresholds.sameMap) on): it says nothing about an "
          + "image, and neither does agreement with it.")
    ]
  }

  private static func noExcess(
    _ model: ModelResult, _ exit: ExitResult, _ numbers: Numbers
  ) -> [Flag] {
    let place = Place.exit(exit.exit)
    guard let cosine = numbers[.cosine, place, model: model.index], let null = cosine.null,
      let excess = numbers[.excess, place, model: model.index].flatMap(Excess.init),
      !excess.isDetected
    else { return [] }
    let scope = excess.isOverRuns ? " over images and runs" : ""
    let runs =
      excess.runs.isEmpty
      ? "" : " (the runs: \(excess.runs.map(decimal).joined(separator: ", ")))"
    return [
      Flag(
        .noExcess, model: model.index, exit: exit.exit,
        "No agreement of the maps of \(name(model)) at exit \(exit.exit) with the final "
          + "map beyond that with another image's: cosine "
          + "\(decimal(cosine.value)) against a null of \(decimal(null)), and the "
          + "interval of the difference\(scope) starts at \(decimal(excess.low))\(runs).")
    ]
  }

  /// Whether an early exit's maps agree with the final one's beyond another image's.
  struct Excess {
    /// The lower bound that decides: over images and runs where there is that interval, else over images.
    let low: Double
    let isOverRuns: Bool
    /// Each run's own excess, where there are several.
    let runs: [Double]
    /// A run without any excess speaks against it too: the mean of a run whose maps follow the image and of runs
    /// whose maps are the same for every image is above 0 for these images, and says nothing of the training.
    var isDetected: Bool { low > 0 && runs.allSatisfy { $0 > 0 } }

    /// nil without an interval.
    init?(_ excess: Number) {
      guard let low = excess.widest.low else { return nil }
      isOverRuns = excess.isOverRuns
      self.low = low
      runs = excess.runs?.values.compactMap { $0 } ?? []
    }
  }

  static func flattened(_ comparison: Comparison, _ subjects: FlagSubjects) -> [Flag] {
    let model = subjects.result.models[comparison.model]
    let reference = subjects.result.models[comparison.reference]
    func spread(_ model: ModelResult) -> Double? {
      subjects.numbers[.spread, .exit(model.exits.count), model: model.index]?.value
    }
    // On other grids, or of another kind, a spread is another number.
    guard comparison.paired?.mapPremise == nil, let own = spread(model),
      let before = spread(reference), own < FlagThresholds.flattenedShare * before
    else { return [] }
    return [
      Flag(
        .flattened, model: model.index, exit: model.exits.count,
        "The final maps of \(name(model)) are flatter than those of \(name(reference)) (spread "
          + "\(decimal(own)) against \(decimal(before))): part of the consistency comes from the final "
          + "exit moving towards the early ones.")
    ]
  }
}
