import Analysis

/// How far training runs differ, where an arm has several.
enum RunsPage: PageSection {
  static let name = "Runs"
  static let file = "runs.html"

  static func isPresent(in context: ReportContext) -> Bool {
    !(context.result.baseline.runs + context.result.egt.runs).isEmpty
  }

  static func pages(_ context: ReportContext) -> [Page] {
    [
      Page(file: file, title: "Training runs", template: "runs", section: name) {
        fields(context)
      }
    ]
  }

  /// A measure and a place as a column of one table and a row of the other.
  private struct Entry {
    var label: String
    var measure: AuditMeasure
    var place: AuditPlace

    func format(_ value: Double?) -> String {
      switch measure {
      case .accuracy: NumberFormat.percent(value)
      case .excess: NumberFormat.signed(value)
      case .spread: NumberFormat.fixed(value, 2)
      case .cosine, .centred: NumberFormat.fixed(value)
      }
    }

    func difference(_ value: Double?) -> String {
      switch measure {
      case .accuracy: NumberFormat.points(value)
      case .spread: NumberFormat.signed(value, 2)
      case .cosine, .excess, .centred: NumberFormat.signed(value)
      }
    }

    func deviation(_ value: Double?) -> String {
      switch measure {
      case .accuracy: NumberFormat.percent(value)
      case .spread: NumberFormat.fixed(value, 2)
      case .cosine, .excess, .centred: NumberFormat.fixed(value)
      }
    }
  }

  private static func headline(_ context: ReportContext) -> [Entry] {
    [
      Entry(label: "Cosine, mean of early exits", measure: .cosine, place: .mean),
      Entry(label: "Excess, mean of early exits", measure: .excess, place: .mean),
      Entry(label: "Centred r, mean of early exits", measure: .centred, place: .mean),
      Entry(label: "Spread, final exit", measure: .spread, place: .exit(context.exitCount)),
      Entry(label: "Accuracy, final exit, %", measure: .accuracy, place: .exit(context.exitCount)),
      Entry(label: "Accuracy, leaving early, %", measure: .accuracy, place: .earlyExit),
    ]
  }

  private static func exits(_ context: ReportContext) -> [Entry] {
    let measures: [(String, AuditMeasure)] = [
      ("Cosine", .cosine), ("Excess", .excess), ("Centred r", .centred), ("Spread", .spread),
      ("Accuracy, %", .accuracy),
    ]
    return (1...context.exitCount).flatMap { exit in
      measures.compactMap { label, measure in
        exit == context.exitCount && ![.spread, .accuracy].contains(measure)
          ? nil : Entry(label: "Exit \(exit): \(label)", measure: measure, place: .exit(exit))
      }
    }
  }

  private static func fields(_ context: ReportContext) -> Fields {
    let result = context.result
    let arms = [result.baseline, result.egt]
    let fewest = arms.map(\.seeds.count).min()!
    let entries = headline(context)
    return [
      "runs": .text(RunWords.runs(result)),
      "samples": .text(context.sampleCountText),
      "hasIntervals": .flag(fewest >= RunsEstimate.leastRuns),
      "leastRuns": .text(String(RunsEstimate.leastRuns)),
      "matching": .text(matching(result)),
      "figures": .list(context.figures("runs")),
      "columns": .list(entries.map { ["label": .text($0.label)] }),
      "each": .list(each(context, entries)),
      "headline": .list(entries.compactMap { row($0, context) }),
      "exits": .list(exits(context).compactMap { row($0, context) }),
      "hasDifferences": .flag(result.paired != nil),
    ]
  }

  private static func matching(_ result: AuditResult) -> String {
    if result.paired?.design?.pairs != nil {
      return """
        Both models have the same seeds, each once. Runs of one seed started from the same weights \
        and saw the same batches in the same order, so they are compared as pairs: the interval of a \
        difference rests on the pairs’ differences and is right whether the two resemble each other \
        or not.
        """
    }
    return """
      The models’ seeds are not the same ones, each once, so their runs are taken as independent: \
      the interval of a difference rests on the scatter of each model’s runs.
      """
  }

  /// Every run's headline numbers.
  private static func each(_ context: ReportContext, _ entries: [Entry]) -> [Fields] {
    let arms = [
      ("Baseline", "baseline", context.result.baseline), ("EGT", "egt", context.result.egt),
    ]
    return arms.flatMap { name, mark, arm in
      (arm.runs.isEmpty ? [] : arm.seeds.enumerated().map { $0 }).map { run, seed in
        [
          "name": .text(name), "mark": .text(mark), "run": .text(String(run + 1)),
          "seed": .text(seed.map { String($0) } ?? "not provided"),
          "cells": .list(
            entries.map { entry in
              let value = arm.runs.number(entry.measure, entry.place)?.values[run]
              return ["value": .text(entry.format(value))]
            }),
        ]
      }
    }
  }

  /// A measure over the runs of both models, and its difference.
  private static func row(_ entry: Entry, _ context: ReportContext) -> Fields? {
    let result = context.result
    let arms = [result.baseline, result.egt].map { $0.runs.number(entry.measure, entry.place) }
    guard arms.contains(where: { $0 != nil }) else { return nil }
    let number = result.paired?.number(entry.measure, entry.place)
    let cells =
      arms.map { cell($0, entry.format, entry) } + [cell(number?.runs, entry.difference, entry)]
    return [
      "label": .text(entry.label), "cells": .list(cells),
      "p": .text(
        (number?.runs?.holmP ?? number?.runs?.p).map { NumberFormat.p($0) } ?? NumberFormat.missing),
      "nested": .text(
        NumberFormat.interval(number?.runs?.nested, entry.difference) ?? NumberFormat.missing),
    ]
  }

  private static func cell(
    _ number: RunsEstimate?, _ format: (Double?) -> String, _ entry: Entry
  ) -> Fields {
    [
      "value": .text(format(number?.estimate.value)),
      "deviation": .optional(number?.deviation.map { entry.deviation($0) }),
      "interval": .optional(NumberFormat.interval(number?.estimate, format)),
    ]
  }
}
