import Recordings

/// Warnings about attention maps.
extension Flags {
  static func mapFlags(_ arm: ArmResult) -> [Flag] {
    arm.exits.flatMap { exit in
      undefinedMaps(arm, exit) + collapse(arm, exit) + noExcess(arm, exit)
    }
  }

  private static func undefinedMaps(_ arm: ArmResult, _ exit: ExitResult) -> [Flag] {
    guard exit.undefined > 0 else { return [] }
    let total = exit.n + exit.undefined
    let what =
      exit.exit == arm.exits.count
      ? "final maps are zero, constant or not finite"
      : "samples have a zero, constant or non-finite map here or at the final exit"
    return [
      Flag(
        code: "UNDEFINED-MAPS", arm: arm.name.rawValue, exit: exit.exit,
        message: "At exit \(exit.exit) of \(words(arm.name)), \(exit.undefined) of \(total) "
          + "\(what), and were left out.")
    ]
  }

  private static func collapse(_ arm: ArmResult, _ exit: ExitResult) -> [Flag] {
    guard let spread = exit.spread, spread < FlagThresholds.collapsedSpread else { return [] }
    return [
      Flag(
        code: "COLLAPSE", arm: arm.name.rawValue, exit: exit.exit,
        message: "The maps of \(words(arm.name)) at exit \(exit.exit) are nearly flat "
          + "(spread \(decimal(spread)), below \(FlagThresholds.collapsedSpread)): any two flat maps "
          + "have a cosine near 1, so it says nothing here.")
    ]
  }

  private static func noExcess(_ arm: ArmResult, _ exit: ExitResult) -> [Flag] {
    guard let consistency = exit.consistency, let null = consistency.null,
      let low = consistency.excess?.low, low <= 0
    else { return [] }
    return [
      Flag(
        code: "NO-EXCESS", arm: arm.name.rawValue, exit: exit.exit,
        message: "The maps of \(words(arm.name)) at exit \(exit.exit) agree with the final map no "
          + "better than with another image's: cosine \(decimal(consistency.cosine.value)) against "
          + "\(decimal(null)) by chance, and the interval of the difference starts at "
          + "\(decimal(low)).")
    ]
  }

  static func flattened(_ result: AuditResult) -> [Flag] {
    guard let egt = result.egt.exits.last?.spread,
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
