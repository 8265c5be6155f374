import Analysis

/// Table 1: per exit, how far maps agree with the final exit's and how often the answer is right.
///
/// A row an exit and model and one a difference, so that models stand under each other and an interval beside its number;
/// the same for the mean of the early exits.
struct ConsistencyTable {
  private let context: ReportContext
  private var result: AuditResult { context.result }

  init(_ context: ReportContext) { self.context = context }

  var fields: Fields {
    [
      "groups": .list(
        (1...max(1, context.exitCount)).map { group(.exit($0)) }
          + (context.earlyExitCount > 0 ? [group(.early)] : [])),
      "sampleCountText": .text(context.sampleCountText),
      "undefinedNote": .optional(undefinedNote),
      "isPaired": .flag(!context.compared.isEmpty),
      "hasSeveral": .flag(result.models.count > 1),
      "deltaText": .text(context.deltaText),
      "hasRuns": .flag(result.models.contains { $0.seeds.count > 1 }),
      "scope": .text(RunWords.scope(result, context.sampleCountText)),
      "resamples": .text(NumberFormat.count(result.bootstrapResamples)),
      "bootstrapSeed": .text(String(result.bootstrapSeed)),
    ]
  }

  private func group(_ place: Place) -> Fields {
    var (name, detail, isFinal) = ("Mean", "early exits", false)
    if case .exit(let exit) = place {
      (name, detail) = ("Exit \(exit)", context.grids(ofExit: exit))
      isFinal = context.isFinal(exit)
    }
    let models = result.models.filter { model in
      if case .exit(let exit) = place { exit <= model.exits.count } else { true }
    }
    let rows =
      models.map { row($0.index, place) }
      + context.compared.compactMap { delta($0, place) }
    return [
      "groupName": .text(name), "detail": .text(detail), "isFinal": .flag(isFinal),
      "isMean": .flag(place == .early), "rowCount": .text(String(rows.count)),
      "rows": .list(
        rows.enumerated().map { $1.merging(["isFirst": .flag($0 == 0)]) }),
    ]
  }

  private func row(_ model: Int, _ place: Place) -> Fields {
    func number(_ measure: Measure) -> Number? { context.numbers[measure, place, model: model] }
    func null(_ value: Double?) -> Fields {
      cell(value.map { Number(Estimate($0)) }) { NumberFormat.fixed($0) }
    }
    let cosine = number(.cosine)
    let undefined = cosine?.undefined ?? undefinedMaps(model, place)
    return [
      "name": .text(context.name(model)),
      "series": .optional(context.drawn.firstIndex(of: model).map { "series-\($0)" }),
      "isDelta": false,
      "cells": .list([
        cell(cosine) { NumberFormat.fixed($0) }, null(cosine?.null),
        cell(number(.excess), plain: { NumberFormat.fixed($0) }) { NumberFormat.signed($0) },
        cell(number(.centred)) { NumberFormat.fixed($0) },
        cell(number(.spread), hasInterval: false) { NumberFormat.fixed($0, 2) },
        cell(Number(Estimate(Double(undefined)))) { value in
          value.map { NumberFormat.count(Int($0)) } ?? NumberFormat.missing
        },
        cell(number(.accuracy)) { NumberFormat.percent($0) },
      ]),
    ]
  }

  private func undefinedMaps(_ model: Int, _ place: Place) -> Int {
    let exits = result.models[model].exits
    if case .exit(let exit) = place { return exits[exit - 1].undefined }
    return exits[0].n + exits[0].undefined
  }

  /// nil where the models have no such exit in common.
  private func delta(_ comparison: Comparison, _ place: Place) -> Fields? {
    func number(_ measure: Measure) -> Number? {
      context.numbers[measure, place, difference: comparison.model]
    }
    guard number(.accuracy) != nil else { return nil }
    return [
      "name": .text(context.deltaName(comparison)), "series": false, "isDelta": true,
      "cells": .list([
        delta(number(.cosine)) { NumberFormat.signed($0) }, empty,
        delta(number(.excess)) { NumberFormat.signed($0) },
        delta(number(.centred)) { NumberFormat.signed($0) },
        delta(number(.spread)) { NumberFormat.signed($0, 2) }, empty,
        delta(number(.accuracy)) { NumberFormat.points($0) },
      ]),
    ]
  }

  /// - Parameter plain: how a standard deviation is printed; as the number where nil.
  private func cell(
    _ number: Number?, hasInterval: Bool = true, plain: ((Double?) -> String)? = nil,
    _ format: (Double?) -> String
  ) -> Fields {
    let spread = number?.runs?.deviation.map { plain?($0) ?? format($0) }
    // With several runs their scatter is what matters; the Runs page has the intervals.
    let interval =
      spread == nil && hasInterval ? NumberFormat.interval(number?.estimate, format) : nil
    return [
      "value": .text(format(number?.value)), "deviation": .optional(spread),
      "interval": .optional(interval), "p": false, "isClear": false,
    ]
  }

  private func delta(_ number: Number?, _ format: (Double?) -> String) -> Fields {
    let finding = number?.finding
    return [
      "value": .text(format(number?.widest.value)), "deviation": false,
      "interval": .optional(NumberFormat.interval(number?.widest, format)),
      "p": .optional(number?.widestP.map(NumberFormat.p)),
      "isClear": .flag(finding == .higher || finding == .lower),
    ]
  }

  /// Where no paired difference is estimated.
  private var empty: Fields {
    ["value": "", "deviation": false, "interval": false, "p": false, "isClear": false]
  }

  /// A sentence where maps were left out.
  private var undefinedNote: String? {
    let parts = result.models.flatMap { model in
      model.exits.dropLast().filter { $0.undefined > 0 }.map { exit in
        """
        \(context.name(model.index)), exit \(exit.exit): \(NumberFormat.count(exit.undefined)) undefined, \
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
