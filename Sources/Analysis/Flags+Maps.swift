import Recordings

/// Warnings about attention maps.
extension Flags {
  static func mapFlags(_ arm: ModelResult) -> [Flag] {
    arm.exits.flatMap { exit in
      undefinedMaps(arm, exit) + collapse(arm, exit) + sameMap(arm, exit) + noExcess(arm, exit)
    }
  }

  private static func undefinedMaps(_ arm: ModelResult, _ exit: ExitResult) -> [Flag] {
    guard exit.undefined > 0 else { return [] }
    let total = exit.n + exit.undefined
    let what =
      exit.exit == arm.exits.count
      ? "final maps are zero, constant or not finite"
      : "samples have a zero, constant or non-finite map here or at the final exit"
    return [
      Flag(
        code: "UNDEFINED-MAPS", arm: arm.arm.rawValue, exit: exit.exit,
        message: "At exit \(exit.exit) of \(words(arm.arm)), \(exit.undefined) of \(total) "
          + "\(what), and were left out.")
    ]
  }

  private static func collapse(_ arm: ModelResult, _ exit: ExitResult) -> [Flag] {
    guard let spread = exit.spread, spread < FlagThresholds.collapsedSpread else { return [] }
    return [
      Flag(
        code: "COLLAPSE", arm: arm.arm.rawValue, exit: exit.exit,
        message: "The maps of \(words(arm.arm)) at exit \(exit.exit) are nearly flat "
          + "(spread \(decimal(spread)), below \(FlagThresholds.collapsedSpread)): any two flat maps "
          + "have a cosine near 1, so it says nothing here.")
    ]
  }

  /// Every image has nearly the same map. A network that sets its attention onto one cell for good is not flat, and its
  /// exits may agree perfectly.
  private static func sameMap(_ arm: ModelResult, _ exit: ExitResult) -> [Flag] {
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
        code: "SAME-MAP", arm: arm.arm.rawValue, exit: exit.exit,
        message: "At exit \(exit.exit) of \(words(arm.arm)) different images have nearly the same "
          + "map\(runs) (centred r between images \(found.count == 1 ? "" : "up to ")"
          + "\(decimal(highest)), from \(FlagThresholds.sameMap) on): it says nothing about an "
          + "image, and neither does agreement with it.")
    ]
  }

  private static func noExcess(_ arm: ModelResult, _ exit: ExitResult) -> [Flag] {
    guard let consistency = exit.consistency, let null = consistency.null,
      let excess = Excess(arm, exit), !excess.isDetected
    else { return [] }
    let scope = excess.isOverRuns ? " over images and runs" : ""
    let runs =
      excess.runs.isEmpty
      ? "" : " (the runs: \(excess.runs.map(decimal).joined(separator: ", ")))"
    return [
      Flag(
        code: "NO-EXCESS", arm: arm.arm.rawValue, exit: exit.exit,
        message:
          "No agreement of the maps of \(words(arm.arm)) at exit \(exit.exit) with the final "
          + "map beyond that with another image's: cosine "
          + "\(decimal(consistency.cosine.value)) against \(decimal(null)) by chance, and the "
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
    init?(_ arm: ModelResult, _ exit: ExitResult) {
      guard let low = exit.consistency?.excess?.low else { return nil }
      let number = arm.runs.number(.excess, .exit(exit.exit))
      isOverRuns = number?.estimate.low != nil
      self.low = number?.estimate.low ?? low
      runs = number?.values.compactMap { $0 } ?? []
    }
  }

  static func flattened(_ result: AuditResult) -> [Flag] {
    // On other grids, or of another kind, a spread is another number.
    guard result.paired?.mapPremise == nil, let egt = result.egt.exits.last?.spread,
      let baseline = result.baseline.exits.last?.spread,
      egt < FlagThresholds.flattenedShare * baseline
    else { return [] }
    return [
      Flag(
        code: "FLATTENED", arm: "egt", exit: result.egt.exits.count,
        message: "EGT's final maps are flatter than the baseline's (spread \(decimal(egt)) against "
          + "\(decimal(baseline))): part of the consistency comes from the final exit moving "
          + "towards the early ones.")
    ]
  }
}
