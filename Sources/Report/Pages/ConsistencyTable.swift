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
      "hasRuns": .flag(!(result.baseline.runs + result.egt.runs).isEmpty),
      "scope": .text(RunWords.scope(result, context.sampleCountText)),
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
    /// Standard deviation over training runs; nil with a single one.
    var deviation: (AuditMeasure) -> Double?

    init(_ exit: ExitResult, _ arm: ModelResult) {
      consistency = exit.consistency
      spread = exit.spread
      undefined = exit.undefined
      accuracy = exit.accuracy
      deviation = { arm.runs.number($0, .exit(exit.exit))?.deviation }
    }

    init(_ arm: ModelResult) {
      consistency = arm.mean.consistency
      spread = arm.mean.spread
      undefined = arm.mean.undefined
      accuracy = Estimate(arm.mean.accuracy)
      deviation = { arm.runs.number($0, .mean)?.deviation }
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
      baseline: baseline.map { Numbers($0, result.baseline) },
      egt: egt.map { Numbers($0, result.egt) },
      paired: result.paired?.exits.first { $0.exit == exit })
  }

  private var mean: Fields {
    fields(
      name: "Mean", detail: "early exits", isFinal: false, isMean: true,
      baseline: Numbers(result.baseline), egt: Numbers(result.egt), paired: result.paired?.mean)
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
        cell(consistency?.cosine, numbers?.deviation(.cosine)) { NumberFormat.fixed($0) },
        cell(consistency?.null.map { Estimate($0) }) { NumberFormat.fixed($0) },
        cell(consistency?.excess, numbers?.deviation(.excess), plain: { NumberFormat.fixed($0) }) {
          NumberFormat.signed($0)
        },
        cell(consistency?.centred, numbers?.deviation(.centred)) { NumberFormat.fixed($0) },
        cell(numbers?.spread.map { Estimate($0) }, numbers?.deviation(.spread)) {
          NumberFormat.fixed($0, 2)
        },
        cell(numbers.map { Estimate(Double($0.undefined)) }) { value in
          value.map { NumberFormat.count(Int($0)) } ?? NumberFormat.missing
        },
        cell(numbers?.accuracy, numbers?.deviation(.accuracy)) { NumberFormat.percent($0) },
      ]),
    ]
  }

  private func delta(_ paired: PairedExit?) -> Fields {
    [
      "name": "Δ", "mark": false, "isFirst": false, "isDelta": true,
      "cells": .list([
        delta(paired?.cosine) { NumberFormat.signed($0) }, empty,
        delta(paired?.excess) { NumberFormat.signed($0) },
        delta(paired?.centred) { NumberFormat.signed($0) },
        delta(paired?.spread) { NumberFormat.signed($0, 2) }, empty,
        delta(paired?.accuracy) { NumberFormat.points($0) },
      ]),
    ]
  }

  /// - Parameter plain: how a standard deviation is printed; as the number where nil.
  private func cell(
    _ estimate: Estimate?, _ deviation: Double? = nil, plain: ((Double?) -> String)? = nil,
    _ format: (Double?) -> String
  ) -> Fields {
    let spread = estimate == nil ? nil : deviation.map { plain?($0) ?? format($0) }
    return [
      "value": .text(format(estimate?.value)), "deviation": .optional(spread),
      // With several runs their scatter is what matters; the Runs page has the intervals.
      "interval": .optional(spread == nil ? NumberFormat.interval(estimate, format) : nil),
      "p": false, "isClear": false,
    ]
  }

  private func delta(_ number: PairedNumber?, _ format: (Double?) -> String) -> Fields {
    let finding = number?.finding
    return [
      "value": .text(format(number?.interval.value)), "deviation": false,
      "interval": .optional(NumberFormat.interval(number?.interval, format)),
      "p": .optional(number?.intervalP.map(NumberFormat.p)),
      "isClear": .flag(finding == .higher || finding == .lower),
    ]
  }

  /// Where no paired difference is estimated.
  private var empty: Fields {
    ["value": "", "deviation": false, "interval": false, "p": false, "isClear": false]
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
    return
      "Maps that are zero, constant or not finite have no cosine; they are left out and counted. "
      + parts.joined(separator: "; ") + "."
  }
}
