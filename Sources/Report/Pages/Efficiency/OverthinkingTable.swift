import Analysis

/// What going deeper does to answers that were right already, and the oracle.
enum OverthinkingTable {
  /// nil where no arm has a ledger.
  static func fields(_ context: ReportContext) -> Fields? {
    let arms = [context.result.baseline, context.result.egt]
    guard arms.contains(where: { $0.ledger != nil }) else { return nil }
    let percent = { (value: Double?) in NumberFormat.percent(value) }
    let paired = context.result.paired?.ledger
    func group(
      _ name: String, _ detail: String, _ part: (Overthinking) -> Overthinking.Part,
      _ delta: Estimate?
    ) -> GroupedTable.Group {
      let rows = arms.map { arm -> [GroupedTable.Cell] in
        let part = arm.ledger.map { part($0.overthinking) }
        return [
          .count(part?.count), .number(part?.share, percent),
          .init(value: NumberFormat.missing),
        ]
      }
      let points = GroupedTable.Cell.number(
        delta, { NumberFormat.points($0) }, isDifference: true)
      return GroupedTable.Group(
        name: name, detail: detail,
        rows: [.baseline(rows[0]), .egt(rows[1])]
          + (delta == nil ? [] : [.difference([.empty, points, .empty])]))
    }
    var wasteful = group("wasteful", "right early, right at the end", \.wasteful, paired?.wasteful)
    let wasted = arms.map { arm in
      GroupedTable.Cell.number(
        ExitSharesTable.share(arm.ledger?.overthinking.wastedMacs, of: arm), percent)
    }
    wasteful.rows = zip(wasteful.rows, wasted + [.empty]).map { row, cell in
      switch row {
      case .baseline(let cells): .baseline(cells.dropLast() + [cell])
      case .egt(let cells): .egt(cells.dropLast() + [cell])
      case .difference, .other: row
      }
    }
    let table = GroupedTable(
      id: "overthinking-table", label: "Table: overthinking",
      caption: """
        Every image of every run is in one of the four parts; share in per cent with its 95\u{A0}% interval, \
        the difference EGT minus baseline (Δ) in points. Cost after the first right exit: mean over wasteful images, in per cent of the final exit’s.
        """,
      groupColumn: "Part",
      columns: [
        .init("Images"), .init("Share", "%"), .init("Cost after first right exit", "%"),
      ],
      groups: [
        wasteful,
        group("destructive", "right early, wrong at the end", \.destructive, paired?.destructive),
        group("needed", "right at the final exit only", \.onlyFinal, paired?.onlyFinal),
        group("never", "right at no exit", \.never, paired?.never),
      ])
    return ["table": .fields(table.fields), "oracle": .text(oracle(arms))]
  }

  private static func oracle(_ arms: [ModelResult]) -> String {
    let parts = zip(["baseline", "EGT"], arms).compactMap { name, arm -> String? in
      guard let over = arm.ledger?.overthinking else { return nil }
      let interval =
        NumberFormat.interval(over.oracleAccuracy) { NumberFormat.percent($0) }.map { " \($0)" }
        ?? ""
      let cost = ExitSharesTable.share(over.oracleMeanMacs, of: arm).map {
        " for \(NumberFormat.percent($0))\u{A0}% of the final exit’s cost"
      }
      return
        "\(name) \(NumberFormat.percent(over.oracleAccuracy.value))\u{A0}%\(interval)\(cost ?? "")"
    }
    return """
      Unattainable upper bound: an oracle that knows the labels and stops at the first right exit would \
      score \(parts.joined(separator: "; ")). No policy can do that; the distance to it is what better exit \
      decisions could gain at most.
      """
  }
}
