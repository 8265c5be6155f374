import Analysis

/// The tables of the consistency page that have one group of rows an exit.
struct ConsistencyTables {
  private let context: ReportContext
  private var result: AuditResult { context.result }

  init(_ context: ReportContext) { self.context = context }

  private typealias Cell = GroupedTable.Cell

  /// Agreement and what chance gives.
  var chance: GroupedTable {
    GroupedTable(
      id: "chance", label: "Table: agreement beyond chance",
      caption: """
        Cosine with the final exit’s map beside two nulls, over \(context.sampleCountText) and every training run, \
        undefined maps left out; 95\u{A0}% intervals in brackets.\(context.deltaSentence)
        """,
      columns: [
        .init("Consistency", "cosine"), .init("Null", "other image"), .init("Excess", "over it"),
        .init("Null", "same class"), .init("Excess", "over it"), .init("Centred r"),
        .init("Null of r", "other image"), .init("Ceiling", "of the grid"),
        .init("Undefined", "maps"),
      ],
      groups: groups(isEarly: true, chanceCells) { place, model in
        [difference(.cosine, place, model)] + [Cell](repeating: .empty, count: 4)
          + [difference(.centred, place, model)] + [Cell](repeating: .empty, count: 3)
      }, isDense: true)
  }

  private func chanceCells(_ place: Place, _ model: Int) -> [Cell] {
    let cosine = number(.cosine, place, model)
    let centred = number(.centred, place, model)
    let sameClass = number(.sameClassExcess, place, model)
    return [
      .number(cosine?.estimate), .number(cosine?.null),
      .number(number(.excess, place, model)?.estimate) { NumberFormat.signed($0) },
      .number(sameClass?.null), .number(sameClass?.estimate) { NumberFormat.signed($0) },
      .number(centred?.estimate), .number(centred?.null),
      .number(number(.ceiling, place, model)?.value), .count(cosine?.undefined),
    ]
  }

  /// The measures beside the cosine.
  var measures: GroupedTable {
    let shown: [Measure] = [
      .cosineOnExitGrid, .spearman, .structuralSimilarity, .top10, .top20,
    ]
    func cells(_ place: Place, _ model: Int) -> [Cell] {
      shown.flatMap { measure -> [Cell] in
        let row = number(measure, place, model)
        let value = Cell.number(row?.estimate)
        return measure.excess == nil ? [value] : [value, .number(row?.null)]
      }
    }
    return GroupedTable(
      id: "measures", label: "Table: other measures of agreement",
      caption: """
        Other measures of agreement with the final exit’s map, each beside what chance gives; 95\u{A0}% intervals in \
        brackets.\(context.deltaSentence)
        """,
      columns: [
        .init("Cosine", "exit’s grid"), .init("Spearman"), .init("Chance", "other image"),
        .init("SSIM"), .init("Top 10 %", "overlap"), .init("Chance", "random"),
        .init("Top 20 %", "overlap"), .init("Chance", "random"),
      ],
      groups: groups(isEarly: true, cells) { place, model in
        shown.flatMap { measure -> [Cell] in
          let delta = difference(measure, place, model)
          return measure.excess == nil ? [delta] : [delta, .empty]
        }
      }, isDense: true)
  }

  var concentration: GroupedTable {
    func cells(_ place: Place, _ model: Int) -> [Cell] {
      let shared = number(.sharedSpread, place, model)
      return [
        .number(shared?.estimate), .number(number(.sharedEntropy, place, model)?.estimate),
        .number(number(.gini, place, model)?.estimate),
        .number(number(.spread, place, model)?.value),
        .number(number(.entropy, place, model)?.value), .count(shared?.n),
        .count(shared?.undefined),
      ]
    }
    let grid = result.reference.sharedGrid
    return GroupedTable(
      id: "spread", label: "Table: how concentrated maps are",
      caption: """
        How concentrated maps are\(grid.map { ", averaged over areas to \($0.description) cells" } ?? ""); the last \
        numbers are on the exit’s own grid, where exits do not compare. 95\u{A0}% intervals in brackets.\(context.deltaSentence)
        """,
      columns: [
        .init("Spread", "std/mean"), .init("Entropy", "1 is flat"), .init("Gini"),
        .init("Spread", "own grid"), .init("Entropy", "own grid"), .init("n"), .init("Undefined"),
      ],
      groups: groups(isEarly: false, cells) { place, model in
        [.sharedSpread, .sharedEntropy, .gini].map { difference($0, place, model) }
          + [Cell](repeating: .empty, count: 4)
      })
  }

  /// Whether the final maps have lost focus: one sentence a comparison.
  var concentrationVerdict: String {
    func spread(_ model: Int) -> Double? {
      let place = Place.exit(result.models[model].exits.count)
      return number(.sharedSpread, place, model)?.value
    }
    guard !context.compared.isEmpty else {
      return "The final maps of \(context.name(0)) have a spread of \(NumberFormat.fixed(spread(0), 2))."
    }
    return context.compared.map { comparison in
      let names = (context.name(comparison.model), context.name(comparison.reference))
      guard let own = spread(comparison.model), let before = spread(comparison.reference) else {
        return "The spreads of the final exits of \(names.0) and \(names.1) cannot be compared."
      }
      let spreads = """
        The final maps of \(names.0) have a spread of \(NumberFormat.fixed(own, 2)), those of \
        \(names.1) \(NumberFormat.fixed(before, 2))
        """
      if let premise = comparison.paired?.mapPremise {
        return "\(spreads). They are not compared: \(DisplayText.text(premise.reason, limit: 300))."
      }
      let place = Place.exit(result.models[comparison.model].exits.count)
      guard
        let delta = context.numbers[.sharedSpread, place, difference: comparison.model]?.estimate,
        let interval = NumberFormat.interval(delta, { NumberFormat.signed($0, 2) })
      else { return spreads + "; the difference has no interval." }
      let difference = "Δ \(NumberFormat.signed(delta.value, 2)) \(interval)"
      guard delta.excludesZero else { return "\(spreads): no difference detected (\(difference))." }
      return delta.value < 0
        ? "\(spreads): they are flatter (\(difference)), so part of the consistency comes from the final exit moving towards the early ones."
        : "\(spreads): they are more focused (\(difference))."
    }.joined(separator: " ")
  }

  var correctness: GroupedTable {
    func cells(_ place: Place, _ model: Int) -> [Cell] {
      guard case .exit(let exit) = place else { return [] }
      let row = result.models[model].exits[exit - 1].correctness
      return [
        .count(row?.rightN), .number(row?.right), .count(row?.wrongN), .number(row?.wrong),
        .difference(row?.difference), .number(row?.auroc),
      ]
    }
    return GroupedTable(
      id: "correctness", label: "Table: consistency of right and wrong answers",
      caption: """
        Mean consistency of the samples that the exit answers rightly and wrongly, their difference (bold where its \
        interval excludes 0), and the probability that a right answer’s consistency exceeds a wrong one’s (AUROC; 0.5 \
        says nothing). 95\u{A0}% intervals in brackets, to first order.
        """,
      columns: [
        .init("n", "right"), .init("Consistency", "right"), .init("n", "wrong"),
        .init("Consistency", "wrong"), .init("Difference", "right − wrong"), .init("AUROC"),
      ],
      groups: groups(isEarly: true, cells))
  }

  private func number(_ measure: Measure, _ place: Place, _ model: Int) -> Number? {
    context.numbers[measure, place, model: model]
  }

  /// A model's difference from its reference, marked where it is clear of 0 and may be compared.
  private func difference(_ measure: Measure, _ place: Place, _ model: Int) -> Cell {
    let number = context.numbers[measure, place, difference: model]
    return .difference(number?.estimate, isComparable: number?.isWithheld != true)
  }

  /// One group an exit; a model without the exit, or of which it is the final one where only early ones count, has no row.
  private func groups(
    isEarly: Bool, _ cells: (Place, Int) -> [Cell], delta: ((Place, Int) -> [Cell])? = nil
  ) -> [GroupedTable.Group] {
    let last = isEarly ? context.earlyExitCount : context.exitCount
    return (1...max(1, last)).map { exit in
      let place = Place.exit(exit)
      var rows = context.rows { model in
        exit < model.exits.count + (isEarly ? 0 : 1) ? cells(place, model.index) : nil
      }
      if let delta {
        rows += context.differences { comparison in
          let exits = [comparison.model, comparison.reference].map { result.models[$0].exits.count }
          return exits[0] == exits[1] && exit < exits[0] + (isEarly ? 0 : 1)
            ? delta(place, comparison.model) : nil
        }
      }
      return GroupedTable.Group(
        name: "Exit \(exit)" + (context.isFinal(exit) ? ", final" : ""),
        detail: context.grids(ofExit: exit), rows: rows)
    }
  }
}
