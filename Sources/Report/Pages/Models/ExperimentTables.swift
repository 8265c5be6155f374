import Analysis
import Recordings

/// The tables of the page of all models: a row a model.
struct ExperimentTables {
  private typealias Cell = GroupedTable.Cell

  private let context: ReportContext
  private var result: AuditResult { context.result }
  private let missing = Cell(value: NumberFormat.missing)

  init(_ context: ReportContext) { self.context = context }

  /// Whether the paper's numbers stand below: in a sweep, which repeats its experiment.
  private var hasPublished: Bool { result.missing != nil }

  private static func weight(_ lambda: Double) -> String {
    "λ = \(NumberFormat.exact(lambda) ?? NumberFormat.missing)"
  }

  /// Table I of the paper.
  var consistency: GroupedTable {
    let early = context.earlyExitCount
    var groups = groups { model in
      let final = Place.exit(model.exits.count)
      return [Cell.count(model.seeds.count)]
        + (1...max(1, early)).prefix(early).map { exit in
          exit < model.exits.count ? cell(model, .cosine, .exit(exit)) : missing
        } + [cell(model, .cosine, .early), cell(model, .accuracy, final, decimals: 2)]
    }
    if hasPublished {
      groups.append(
        published { row in
          [missing] + [Cell](repeating: missing, count: early) + [
            .number(row.consistency), .number(row.accuracy) { NumberFormat.percent($0, 2) },
          ]
        })
    }
    return GroupedTable(
      id: "table-1", label: "Table: consistency and accuracy of every model",
      caption: """
        Cosine of each early exit’s map with the final one’s, and accuracy of the final exit: mean ± standard \
        deviation over training runs, or with one run its 95 % interval over images
        """,
      groupColumn: "", rowColumn: "Model",
      columns: [.init("Runs")] + (1...max(1, early)).prefix(early).map { .init("Exit \($0)") }
        + [.init("Mean"), .init("Accuracy, %")], groups: groups, isDense: true)
  }

  /// What every model changes.
  var differences: GroupedTable {
    let compared = Set(context.compared.map(\.model))
    let groups = groups(of: result.models.filter { compared.contains($0.index) }) { model in
      func number(_ measure: Measure, _ place: Place) -> Number? {
        context.numbers[measure, place, difference: model.index]
      }
      let final = Place.exit(model.exits.count)
      let reference = result.comparison(of: model.index)!.reference
      let base = context.numbers[.cosine, .early, model: reference]?.value
      let relative = number(.cosine, .early).flatMap { cosine in
        base.flatMap { $0 > 0 ? cosine.value / $0 : nil }
      }
      return [
        difference(number(.cosine, .early), .cosine),
        Cell(value: NumberFormat.points(relative)),
        difference(number(.excess, .early), .excess),
        difference(number(.centred, .early), .centred),
        difference(number(.accuracy, final), .accuracy),
        difference(number(.spread, final), .spread),
      ]
    }
    return GroupedTable(
      id: "differences", label: "Table: differences from the reference",
      caption: """
        Each model minus its reference: agreement as means over the early exits, accuracy and spread of the final \
        exit; with 95 % intervals \(Self.scope(context)), not adjusted for the number of models; bold where the test rejects \
        “no difference” at 0.05
        """,
      groupColumn: "", rowColumn: "Model",
      columns: [
        .init("Δ cosine"), .init("Relative", "% of reference’s"), .init("Δ excess"),
        .init("Δ centred r"), .init("Δ accuracy", "points"), .init("Δ spread", "final map"),
      ], groups: groups, isDense: true)
  }

  /// Table II of the paper.
  var earlyExit: GroupedTable {
    var groups = groups { model in
      let times = ModelTimes(context.recordings[model.index], threshold: result.threshold)
      return [
        cell(model, .accuracy, .exit(model.exits.count), decimals: 2),
        cell(model, .accuracy, .earlyStop, decimals: 2),
        .number(model.earlyExitCostShare) { NumberFormat.percent($0) },
        Self.time(times?.final), Self.time(times?.early), Self.time(times?.speedup),
      ]
    }
    if hasPublished {
      let (final, early) = (PublishedNumbers.finalMilliseconds, PublishedNumbers.earlyMilliseconds)
      groups.append(
        GroupedTable.Group(
          name: "published", detail: "other data",
          rows: [
            .other(
              "early exit",
              [
                missing, missing, missing, .number(final) { NumberFormat.fixed($0, 2) },
                .number(early) { NumberFormat.fixed($0, 2) },
                .number(final / early) { NumberFormat.fixed($0, 2) },
              ])
          ]))
    }
    let threshold = NumberFormat.fixed(result.threshold, 2)
    return GroupedTable(
      id: "table-2", label: "Table: accuracy and cost with and without early exit",
      caption: """
        With every image through the final exit, and leaving at the first exit with a confidence of at least \
        \(threshold). Cost: mean multiply–accumulates in per cent of the final exit’s. Times: an image’s \
        mean in milliseconds, one image at a time, then mean ± standard deviation over training runs, where they \
        were measured
        """,
      groupColumn: "", rowColumn: "Model",
      columns: [
        .init("Accuracy, %", "final exit"), .init("Accuracy, %", "early exit"),
        .init("Cost, %", "of final"), .init("ms", "final exit"), .init("ms", "early exit"),
        .init("Speed-up", "×"),
      ], groups: groups, isDense: true)
  }

  // MARK: Parts

  /// A group a reference, with all that are compared with it.
  private func groups(
    of models: [ModelResult]? = nil, _ cells: (ModelResult) -> [Cell]
  ) -> [GroupedTable.Group] {
    var groups: [(reference: Int, group: GroupedTable.Group)] = []
    for model in models ?? result.models {
      let reference = result.comparison(of: model.index)?.reference ?? model.index
      let row = GroupedTable.Row.model(
        context.name(model.index), series: context.drawn.firstIndex(of: model.index), cells(model))
      if let place = groups.firstIndex(where: { $0.reference == reference }) {
        groups[place].group.rows.append(row)
      } else {
        let name = "against \(context.name(reference))"
        groups.append((reference, GroupedTable.Group(name: name, detail: "", rows: [row])))
      }
    }
    return groups.map(\.group)
  }

  private func published(_ cells: (PublishedNumbers.Row) -> [Cell]) -> GroupedTable.Group {
    GroupedTable.Group(
      name: "published", detail: "other data",
      rows: PublishedNumbers.rows.map { .other(Self.weight($0.lambda), cells($0)) })
  }

  /// Mean ± standard deviation over runs, or the number with its interval.
  private func cell(
    _ model: ModelResult, _ measure: Measure, _ place: Place, decimals: Int? = nil
  ) -> Cell {
    let number = context.numbers[measure, place, model: model.index]
    let format = { (value: Double?) in
      decimals.map { NumberFormat.percent(value, $0) } ?? measure.text(value)
    }
    guard let deviation = number?.runs?.deviation else { return .number(number?.estimate, format) }
    return Cell(value: "\(format(number?.value)) ± \(format(deviation))")
  }

  private static func time(_ figure: ModelTimes.Figure?) -> Cell {
    let texts = [figure?.value, figure?.deviation].compactMap { $0 }.map {
      NumberFormat.fixed($0, 2)
    }
    return Cell(value: texts.isEmpty ? NumberFormat.missing : texts.joined(separator: " ± "))
  }

  private func difference(_ number: Number?, _ measure: Measure) -> Cell {
    Cell(
      value: measure.differenceText(number?.widest.value),
      interval: NumberFormat.interval(number?.widest, measure.differenceText),
      isClear: number?.finding == .higher || number?.finding == .lower)
  }

  /// What the models' intervals and tests are over; a model with few training runs has them over images alone.
  static func scope(_ context: ReportContext) -> String {
    let over = context.compared.count {
      context.numbers[.cosine, .early, difference: $0.model]?.isOverRuns == true
    }
    switch over {
    case 0: return "over images, the training runs held fixed"
    case context.compared.count: return "over images and training runs"
    default:
      return """
        over images and training runs (over images alone where a model has fewer than \(RunsEstimate.leastRuns) runs)
        """
    }
  }
}
