import Analysis

/// How far training runs differ, where an arm has several.
enum RunsPage: PageSection {
  static let name = "Runs"
  static let file = "runs.html"

  static func isPresent(in context: ReportContext) -> Bool {
    context.result.models.contains { $0.seeds.count > 1 }
  }

  static func pages(_ context: ReportContext) -> [Page] {
    [
      Page(file: file, title: "Training runs", template: "runs", section: name) {
        fields(context)
      }
    ]
  }

  /// A measure and a place as a column of one table and a row of the other.
  private struct Entry: Sendable {
    var label: String
    var measure: Measure
    /// Of a model with so many exits; nil where it has no such place.
    var place: @Sendable (_ exitCount: Int) -> Place?

    func format(_ value: Double?) -> String { measure.text(value) }
    func difference(_ value: Double?) -> String { measure.differenceText(value) }
    func deviation(_ value: Double?) -> String { measure.deviationText(value) }
  }

  private static let headline: [Entry] = [
    Entry(label: "Cosine, mean of early exits", measure: .cosine, place: { _ in .early }),
    Entry(label: "Excess, mean of early exits", measure: .excess, place: { _ in .early }),
    Entry(label: "Centred r, mean of early exits", measure: .centred, place: { _ in .early }),
    Entry(label: "Spread, final exit", measure: .spread, place: { .exit($0) }),
    Entry(label: "Accuracy, final exit, %", measure: .accuracy, place: { .exit($0) }),
    Entry(label: "Accuracy, leaving early, %", measure: .accuracy, place: { _ in .earlyStop }),
  ]

  private static func exits(_ context: ReportContext) -> [Entry] {
    (1...context.exitCount).flatMap { exit in
      Measure.tested.compactMap { measure in
        measure.exists(atExit: exit, of: context.exitCount)
          ? Entry(
            label: "Exit \(exit): \(measure.name)\(measure.format == .percent ? ", %" : "")",
            measure: measure, place: { exit <= $0 ? .exit(exit) : nil }) : nil
      }
    }
  }

  private static func fields(_ context: ReportContext) -> Fields {
    let result = context.result
    let fewest = result.models.map(\.seeds.count).min()!
    return [
      "models": .list(context.models.map(context.head)),
      "differences": .list(
        context.compared.map {
          [
            "delta": .text(context.deltaName($0)),
            "sides": .text("\(context.name($0.model)) − \(context.name($0.reference))"),
          ]
        }),
      "runs": .text(RunWords.runs(result)),
      "samples": .text(context.sampleCountText),
      "hasIntervals": .flag(fewest >= RunsEstimate.leastRuns),
      "leastRuns": .text(String(RunsEstimate.leastRuns)),
      "matching": .text(matching(context)),
      "figures": .list(context.figures("runs")),
      "columns": .list(headline.map { ["label": .text($0.label)] }),
      "each": .list(each(context)),
      "headline": .list(headline.compactMap { row($0, context) }),
      "exits": .list(exits(context).compactMap { row($0, context) }),
      "hasDifferences": .flag(!context.compared.isEmpty),
    ]
  }

  /// How runs belong together; empty without a comparison.
  private static func matching(_ context: ReportContext) -> String {
    guard !context.compared.isEmpty else { return "" }
    if context.compared.allSatisfy({ $0.paired?.design?.pairs != nil }) {
      return """
        The models have the same seeds, each once. Runs of one seed started from the same weights \
        and saw the same batches in the same order, so they are compared as pairs: the interval of a \
        difference rests on the pairs’ differences and is right whether the two resemble each other \
        or not.
        """
    }
    return """
      Where the models’ seeds are not the same ones, each once, their runs are taken as independent: \
      the interval of a difference rests on the scatter of each model’s runs.
      """
  }

  /// Every run's headline numbers.
  private static func each(_ context: ReportContext) -> [Fields] {
    context.result.models.filter { $0.seeds.count > 1 }.flatMap { model in
      model.seeds.enumerated().map { run, seed in
        context.head(model.index).merging([
          "run": .text(String(run + 1)),
          "seed": .text(seed.map { String($0) } ?? "not provided"),
          "cells": .list(
            headline.map { entry in
              let number = number(entry, model, context)
              return ["value": .text(entry.format(number?.runs?.values[run]))]
            }),
        ])
      }
    }
  }

  private static func number(
    _ entry: Entry, _ model: ModelResult, _ context: ReportContext
  ) -> Number? {
    entry.place(model.exits.count).flatMap {
      context.numbers[entry.measure, $0, model: model.index]
    }
  }

  /// A measure over the runs of every model, and its differences.
  private static func row(_ entry: Entry, _ context: ReportContext) -> Fields? {
    let own = context.result.models.map { number(entry, $0, context)?.runs }
    guard own.contains(where: { $0 != nil }) else { return nil }
    let differences = context.compared.map { comparison -> RunsEstimate? in
      entry.place(context.result.models[comparison.model].exits.count).flatMap {
        context.numbers[entry.measure, $0, difference: comparison.model]?.runs
      }
    }
    return [
      "label": .text(entry.label),
      "cells": .list(own.map { cell($0, entry.format, entry) }),
      "differences": .list(
        differences.map { runs in
          cell(runs, entry.difference, entry).merging([
            "p": .text(
              (runs?.holmP ?? runs?.p).map { NumberFormat.p($0) } ?? NumberFormat.missing),
            "nested": .text(
              NumberFormat.interval(runs?.nested, entry.difference) ?? NumberFormat.missing),
          ])
        }),
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
