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
        undefined maps left out; 95\u{A0}% intervals in brackets. Δ is EGT minus baseline on the same images, bold where \
        its interval excludes 0.
        """,
      columns: [
        .init("Consistency", "cosine"), .init("Null", "other image"), .init("Excess", "over it"),
        .init("Null", "same class"), .init("Excess", "over it"), .init("Centred r"),
        .init("Null of r", "other image"), .init("Ceiling", "of the grid"),
        .init("Undefined", "maps"),
      ],
      groups: groups(isEarly: true) { exit in
        [result.baseline, result.egt].map { chanceCells(self.exit(exit, in: $0.exits)) }
      } delta: { paired in
        [difference(paired.deltaCosine)] + [Cell](repeating: .empty, count: 4)
          + [difference(paired.deltaCentred)] + [Cell](repeating: .empty, count: 3)
      }, isDense: true)
  }

  private func chanceCells(_ exit: ExitResult?) -> [Cell] {
    let cosine = exit?.similarity(.cosine)
    let centred = exit?.similarity(.centred)
    return [
      .number(cosine?.value), .number(cosine?.null),
      .number(cosine?.excess) { NumberFormat.signed($0) }, .number(cosine?.sameClassNull),
      .number(cosine?.sameClassExcess) { NumberFormat.signed($0) }, .number(centred?.value),
      .number(centred?.null), .number(exit?.consistency?.ceiling), .count(exit?.undefined),
    ]
  }

  /// The measures beside the cosine.
  var measures: GroupedTable {
    let shown: [MapMeasure] = [
      .cosineOnExitGrid, .spearman, .structuralSimilarity, .top10, .top20,
    ]
    func cells(_ exit: ExitResult?) -> [Cell] {
      shown.flatMap { measure -> [Cell] in
        let row = exit?.similarity(measure)
        let value = Cell.number(row?.value)
        return measure.reference == nil ? [value] : [value, .number(row?.null)]
      }
    }
    return GroupedTable(
      id: "measures", label: "Table: other measures of agreement",
      caption: """
        Other measures of agreement with the final exit’s map, each beside what chance gives; 95\u{A0}% intervals in \
        brackets. Δ is EGT minus baseline on the same images, bold where its interval excludes 0.
        """,
      columns: [
        .init("Cosine", "exit’s grid"), .init("Spearman"), .init("Chance", "other image"),
        .init("SSIM"), .init("Top 10 %", "overlap"), .init("Chance", "random"),
        .init("Top 20 %", "overlap"), .init("Chance", "random"),
      ],
      groups: groups(isEarly: true) { exit in
        [result.baseline, result.egt].map { cells(self.exit(exit, in: $0.exits)) }
      } delta: { paired in
        shown.flatMap { measure -> [Cell] in
          let delta = difference(
            paired.differences.first { $0.measure == measure }?.value)
          return measure.reference == nil ? [delta] : [delta, .empty]
        }
      }, isDense: true)
  }

  var concentration: GroupedTable {
    func cells(_ exit: ExitResult?) -> [Cell] {
      let shared = exit?.concentration
      return [
        .number(shared?.spread), .number(shared?.entropy), .number(shared?.gini),
        .number(exit?.spread), .number(exit?.entropy), .count(shared?.n), .count(shared?.undefined),
      ]
    }
    let grid = (result.baseline.exits + result.egt.exits).compactMap(\.concentration).first?.grid
    return GroupedTable(
      id: "spread", label: "Table: how concentrated maps are",
      caption: """
        How concentrated maps are\(grid.map { ", averaged over areas to \($0.description) cells" } ?? ""); the last \
        numbers are on the exit’s own grid, where exits do not compare. 95\u{A0}% intervals in brackets; Δ is EGT minus \
        baseline on the same images, bold where its interval excludes 0.
        """,
      columns: [
        .init("Spread", "std/mean"), .init("Entropy", "1 is flat"), .init("Gini"),
        .init("Spread", "own grid"), .init("Entropy", "own grid"), .init("n"), .init("Undefined"),
      ],
      groups: groups(isEarly: false) { exit in
        [result.baseline, result.egt].map { cells(self.exit(exit, in: $0.exits)) }
      } delta: { paired in
        [
          difference(paired.concentration?.spread), difference(paired.concentration?.entropy),
          difference(paired.concentration?.gini),
        ] + [Cell](repeating: .empty, count: 4)
      })
  }

  /// Whether the final maps have lost focus.
  var concentrationVerdict: String {
    let exits = [result.baseline, result.egt].compactMap { $0.exits.last?.concentration?.spread }
    guard exits.count == 2 else { return "The final exits’ spreads cannot be compared." }
    let spreads = """
      EGT’s final maps have a spread of \(NumberFormat.fixed(exits[1].value, 2)), the baseline’s of \
      \(NumberFormat.fixed(exits[0].value, 2))
      """
    if let premise = result.paired?.mapPremise {
      return "\(spreads). They are not compared: \(DisplayText.text(premise.reason, limit: 300))."
    }
    guard let delta = result.paired?.exits.last?.concentration?.spread,
      let interval = NumberFormat.interval(delta, { NumberFormat.signed($0, 2) })
    else { return spreads + "; the difference has no interval." }
    let difference = "Δ \(NumberFormat.signed(delta.value, 2)) \(interval)"
    guard delta.excludesZero else { return "\(spreads): no difference detected (\(difference))." }
    return delta.value < 0
      ? "\(spreads): they are flatter (\(difference)), so part of the consistency comes from the final exit moving towards the early ones."
      : "\(spreads): they are more focused (\(difference))."
  }

  var correctness: GroupedTable {
    func cells(_ exit: ExitResult?) -> [Cell] {
      let row = exit?.correctness
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
      groups: groups(isEarly: true) { exit in
        [result.baseline, result.egt].map { cells(self.exit(exit, in: $0.exits)) }
      })
  }

  /// EGT minus baseline, marked where it is clear of 0 and may be compared.
  private func difference(_ estimate: Estimate?) -> Cell {
    .difference(estimate, isComparable: result.paired?.mapPremise == nil)
  }

  private func exit(_ number: Int, in exits: [ExitResult]) -> ExitResult? {
    exits.first { $0.exit == number }
  }

  /// One group an exit.
  private func groups(
    isEarly: Bool, _ cells: (Int) -> [[Cell]], delta: ((PairedExit) -> [Cell])? = nil
  ) -> [GroupedTable.Group] {
    let last = isEarly ? context.earlyExitCount : context.exitCount
    return (1...max(1, last)).map { number in
      let both = cells(number)
      var rows: [GroupedTable.Row] = [.baseline(both[0]), .egt(both[1])]
      if let delta, let paired = result.paired?.exits.first(where: { $0.exit == number }) {
        rows.append(.difference(delta(paired)))
      }
      let grids = [result.baseline, result.egt].compactMap {
        exit(number, in: $0.exits)?.grid.description
      }
      let detail = Set(grids).count == 1 ? grids[0] : grids.joined(separator: ", ")
      return GroupedTable.Group(
        name: "Exit \(number)" + (number == context.exitCount ? ", final" : ""), detail: detail,
        rows: rows)
    }
  }
}

extension ExitResult {
  /// nil where undefined at every sample.
  func similarity(_ measure: MapMeasure) -> SimilarityResult? {
    similarities.first { $0.measure == measure }
  }
}
