import Analysis

/// What going deeper does to answers that were right already, and the oracle.
enum OverthinkingTable {
  private typealias Cell = GroupedTable.Cell

  /// nil where no model has a ledger.
  static func fields(_ context: ReportContext) -> Fields? {
    guard context.result.models.contains(where: { $0.ledger != nil }) else { return nil }
    let percent = { (value: Double?) in NumberFormat.percent(value) }
    func group(
      _ name: String, _ detail: String, _ part: @escaping (Overthinking) -> Overthinking.Part,
      _ delta: KeyPath<PairedLedger, Estimate>, wasted: ((ModelResult) -> Cell)? = nil
    ) -> GroupedTable.Group {
      GroupedTable.Group(
        name: name, detail: detail,
        rows: context.rows { model in
          let part = model.ledger.map { part($0.overthinking) }
          return [
            .count(part?.count), .number(part?.share, percent),
            wasted?(model) ?? Cell(value: NumberFormat.missing),
          ]
        }
          + context.differences { comparison in
            comparison.paired?.ledger.map {
              let points = Cell.number(
                $0[keyPath: delta], { NumberFormat.points($0) }, isDifference: true)
              return [.empty, points, .empty]
            }
          })
    }
    let delta = context.compared.isEmpty ? "" : " \(context.deltaText), in points."
    let table = GroupedTable(
      id: "overthinking-table", label: "Table: overthinking",
      caption: """
        Every image of every run is in one of the four parts; share in per cent with its 95\u{A0}% interval.\(delta) \
        Cost after the first right exit: mean over wasteful images, in per cent of the final exit’s.
        """,
      groupColumn: "Part",
      columns: [
        .init("Images"), .init("Share", "%"), .init("Cost after first right exit", "%"),
      ],
      groups: [
        group(
          "wasteful", "right early, right at the end", \.wasteful, \.wasteful,
          wasted: { model in
            .number(
              ExitSharesTable.share(model.ledger?.overthinking.wastedMacs, of: model), percent)
          }),
        group("destructive", "right early, wrong at the end", \.destructive, \.destructive),
        group("needed", "right at the final exit only", \.onlyFinal, \.onlyFinal),
        group("never", "right at no exit", \.never, \.never),
      ])
    return ["table": .fields(table.fields), "oracle": .text(oracle(context))]
  }

  private static func oracle(_ context: ReportContext) -> String {
    let parts = context.result.models.compactMap { arm -> String? in
      let name = context.name(arm.index)
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
