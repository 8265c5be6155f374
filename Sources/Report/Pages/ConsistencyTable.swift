import Analysis

/// Table 1: per exit, how far maps agree with the final exit's and how often the answer is right.
struct ConsistencyTable {
  private let context: ReportContext
  private var result: AuditResult { context.result }

  init(_ context: ReportContext) { self.context = context }

  var fields: Fields {
    [
      "rows": .list((1...max(1, context.exitCount)).map(row)),
      "hasMean": .flag(context.earlyExitCount > 0),
      "mean": .fields(meanRow),
      "earlyExitCount": .text(String(context.earlyExitCount)),
      "sampleCountText": .text(context.sampleCountText),
      "undefinedNote": .optional(undefinedNote),
      "isPaired": .flag(result.paired != nil),
      "resamples": .text(NumberFormat.count(result.bootstrapResamples)),
      "bootstrapSeed": .text(String(result.bootstrapSeed)),
    ]
  }

  private func row(_ exit: Int) -> Fields {
    let baseline = result.baseline.exits.first { $0.exit == exit }
    let egt = result.egt.exits.first { $0.exit == exit }
    let paired = result.paired?.exits.first { $0.exit == exit }
    let isFinal = exit == context.exitCount
    return cells(
      name: "Exit \(exit)\(isFinal ? ", final" : "")", grid: grid(baseline, egt),
      consistency: (baseline?.consistency, egt?.consistency),
      spread: (baseline?.spread, egt?.spread),
      undefined: (baseline?.undefined, egt?.undefined), paired: paired,
      accuracy: (baseline?.accuracy, egt?.accuracy))
  }

  private var meanRow: Fields {
    let baseline = result.baseline.mean
    let egt = result.egt.mean
    return cells(
      name: "Mean of the early exits", grid: NumberFormat.missing,
      consistency: (baseline.consistency, egt.consistency), spread: (baseline.spread, egt.spread),
      undefined: (baseline.undefined, egt.undefined), paired: result.paired?.mean,
      accuracy: (Estimate(baseline.accuracy), Estimate(egt.accuracy)))
  }

  private func cells(
    name: String, grid: String, consistency: (ConsistencyResult?, ConsistencyResult?),
    spread: (Double?, Double?), undefined: (Int?, Int?), paired: PairedExit?,
    accuracy: (Estimate?, Estimate?)
  ) -> Fields {
    let (baseline, egt) = consistency
    return [
      "name": .text(name), "grid": .text(grid),
      "cells": .list([
        number(baseline?.cosine), number(egt?.cosine),
        number(paired?.deltaCosine, NumberFormat.signed, isDelta: true),
        plain(baseline?.null), plain(egt?.null),
        number(baseline?.excess, NumberFormat.signed), number(egt?.excess, NumberFormat.signed),
        number(baseline?.centred), number(egt?.centred),
        plain(spread.0, 2), plain(spread.1, 2),
        count(undefined.0), count(undefined.1),
        number(accuracy.0, { value, _ in NumberFormat.percent(value) }),
        number(accuracy.1, { value, _ in NumberFormat.percent(value) }),
        number(paired?.deltaAccuracy, { value, _ in NumberFormat.points(value) }, isDelta: true),
      ]),
    ]
  }

  private func number(
    _ estimate: Estimate?, _ format: (Double?, Int) -> String = NumberFormat.fixed,
    isDelta: Bool = false
  ) -> Fields {
    [
      "value": .text(format(estimate?.value, 3)),
      "interval": .optional(NumberFormat.interval(estimate) { format($0, 3) }),
      "isDelta": .flag(isDelta && estimate != nil),
      "isClear": .flag(isDelta && estimate?.excludesZero == true),
    ]
  }

  private func plain(_ value: Double?, _ decimals: Int = 3) -> Fields {
    [
      "value": .text(NumberFormat.fixed(value, decimals)), "interval": false,
      "isDelta": false, "isClear": false,
    ]
  }

  private func count(_ value: Int?) -> Fields {
    [
      "value": .text(value.map(NumberFormat.count) ?? NumberFormat.missing), "interval": false,
      "isDelta": false, "isClear": false,
    ]
  }

  private func grid(_ baseline: ExitResult?, _ egt: ExitResult?) -> String {
    let grids = [baseline?.grid, egt?.grid].compactMap { $0?.description }
    return grids.count == 2 && grids[0] == grids[1] ? grids[0] : grids.joined(separator: ", ")
  }

  /// A sentence where maps were left out.
  private var undefinedNote: String? {
    let arms = [("baseline", result.baseline), ("EGT", result.egt)]
    let parts = arms.flatMap { name, arm in
      arm.exits.filter { $0.undefined > 0 && $0.exit < context.exitCount }.map { exit in
        """
        \(name), exit \(exit.exit): \(NumberFormat.count(exit.undefined)) undefined, \
        \(NumberFormat.count(exit.n)) used
        """
      }
    }
    guard !parts.isEmpty else { return nil }
    return "Maps that are zero, constant or not finite have no cosine; they are left out and counted: "
      + parts.joined(separator: "; ") + "."
  }
}

extension Estimate {
  /// Whether the interval lies on one side of 0.
  var excludesZero: Bool {
    guard let low, let high else { return false }
    return low > 0 || high < 0
  }
}
