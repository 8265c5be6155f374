import Analysis

/// Table 1: per exit, how far maps agree with the final exit's and how often the answer is right.
///
/// Three rows an exit (baseline, EGT, Δ), so that the models stand under each other and an interval
/// beside its number; the same for the mean of the early exits.
struct ConsistencyTable {
  private let context: ReportContext
  private var result: AuditResult { context.result }

  init(_ context: ReportContext) { self.context = context }

  var fields: Fields {
    [
      "groups": .list(
        (1...max(1, context.exitCount)).map(group) + (context.earlyExitCount > 0 ? [mean] : [])),
      "sampleCountText": .text(context.sampleCountText),
      "undefinedNote": .optional(undefinedNote),
      "isPaired": .flag(result.paired != nil),
      "resamples": .text(NumberFormat.count(result.bootstrapResamples)),
      "bootstrapSeed": .text(String(result.bootstrapSeed)),
    ]
  }

  /// One model's numbers at one exit, or over the early ones.
  private struct Numbers {
    var consistency: ConsistencyResult?
    var spread: Double?
    var undefined: Int
    var accuracy: Estimate

    init(_ exit: ExitResult) {
      consistency = exit.consistency
      spread = exit.spread
      undefined = exit.undefined
      accuracy = exit.accuracy
    }

    init(_ mean: MeanResult) {
      consistency = mean.consistency
      spread = mean.spread
      undefined = mean.undefined
      accuracy = Estimate(mean.accuracy)
    }
  }

  private func group(_ exit: Int) -> Fields {
    let baseline = result.baseline.exits.first { $0.exit == exit }
    let egt = result.egt.exits.first { $0.exit == exit }
    var grids = [baseline, egt].compactMap { $0?.grid.description }
    if grids.count == 2, grids[0] == grids[1] { grids.removeLast() }
    return fields(
      name: "Exit \(exit)", detail: grids.joined(separator: ", "),
      isFinal: exit == context.exitCount, isMean: false,
      baseline: baseline.map(Numbers.init), egt: egt.map(Numbers.init),
      paired: result.paired?.exits.first { $0.exit == exit })
  }

  private var mean: Fields {
    fields(
      name: "Mean", detail: "early exits", isFinal: false, isMean: true,
      baseline: Numbers(result.baseline.mean), egt: Numbers(result.egt.mean),
      paired: result.paired?.mean)
  }

  private func fields(
    name: String, detail: String, isFinal: Bool, isMean: Bool, baseline: Numbers?, egt: Numbers?,
    paired: PairedExit?
  ) -> Fields {
    [
      "groupName": .text(name), "detail": .text(detail), "isFinal": .flag(isFinal),
      "isMean": .flag(isMean),
      "rows": .list([
        row("Baseline", "baseline", baseline), row("EGT", "egt", egt), delta(paired),
      ]),
    ]
  }

  private func row(_ name: String, _ mark: String, _ numbers: Numbers?) -> Fields {
    let consistency = numbers?.consistency
    return [
      "name": .text(name), "mark": .text(mark), "isFirst": .flag(mark == "baseline"),
      "isDelta": false,
      "cells": .list([
        cell(consistency?.cosine), cell(consistency?.null.map { Estimate($0) }),
        cell(consistency?.excess, NumberFormat.signed), cell(consistency?.centred),
        cell(numbers?.spread.map { Estimate($0) }, { value, _ in NumberFormat.fixed(value, 2) }),
        cell(numbers.map { Estimate(Double($0.undefined)) }) { value, _ in
          value.map { NumberFormat.count(Int($0)) } ?? NumberFormat.missing
        },
        cell(numbers?.accuracy) { value, _ in NumberFormat.percent(value) },
      ]),
    ]
  }

  private func delta(_ paired: PairedExit?) -> Fields {
    [
      "name": "Δ", "mark": false, "isFirst": false, "isDelta": true,
      "cells": .list([
        cell(paired?.deltaCosine, NumberFormat.signed, isDelta: true), empty, empty,
        cell(paired?.deltaCentred, NumberFormat.signed, isDelta: true), empty, empty,
        cell(paired?.deltaAccuracy, { value, _ in NumberFormat.points(value) }, isDelta: true),
      ]),
    ]
  }

  private func cell(
    _ estimate: Estimate?, _ format: (Double?, Int) -> String = NumberFormat.fixed,
    isDelta: Bool = false
  ) -> Fields {
    [
      "value": .text(format(estimate?.value, 3)),
      "interval": .optional(NumberFormat.interval(estimate) { format($0, 3) }),
      "isClear": .flag(isDelta && estimate?.excludesZero == true),
    ]
  }

  /// Where no paired difference is estimated.
  private var empty: Fields { ["value": "", "interval": false, "isClear": false] }

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
    return
      "Maps that are zero, constant or not finite have no cosine; they are left out and counted. "
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
