import Analysis

/// What going deeper does to answers that were right already, and the oracle: `overthinking.csv`, and a table of the
/// efficiency page.
enum OverthinkingTable {
  /// A part of the images under a model, or a model's difference from the reference in its share.
  struct Row: Sendable {
    var owner: RowOwner
    var run = LedgerRows.whole
    var part: Part
    var count: Int?
    var share: Estimate?
    var wastedMacs: Double?
    var wastedShare: Double?
    var meanMacs: Double?
  }

  enum Part: String, Sendable {
    case wasteful, destructive, needed, never, oracle

    var detail: String {
      switch self {
      case .wasteful: "right early, right at the end"
      case .destructive: "right early, wrong at the end"
      case .needed: "right at the final exit only"
      case .never: "right at no exit"
      case .oracle: "stops at the first right exit"
      }
    }
  }

  static func table(_ context: ReportContext) -> Table<Row> {
    let delta = context.compared.isEmpty ? "" : " \(context.deltaText), in points."
    return Table(
      [
        .model { $0.owner }, .text("run", in: .data) { $0.run },
        .text("part", in: .data) { $0.part.rawValue },
        Column("count", "Images", nil, .count) { row in
          row.owner.isDifference ? .blank : .integer(row.count)
        },
        Column("share", "Share", "%", .percent, hasBounds: true) { row in
          row.owner.isDifference ? .difference(row.share) : .estimate(row.share)
        },
        .number("wasted_macs", in: .data) { $0.wastedMacs },
        Column(
          "wasted_share", "Cost after first right exit", "%", .percent,
          help: "Mean over wasteful images, in per cent of the final exit’s cost.", in: .print
        ) { row in row.owner.isDifference ? .blank : .number(row.wastedShare) },
        .number("mean_macs", in: .data) { $0.meanMacs },
      ], rows: own(context) + context.compared.flatMap { differences($0, context.owner($0)) },
      writers: { row in
        row.owner.isDifference
          ? .page : row.run == LedgerRows.whole && row.part != .oracle ? .all : .data
      },
      layout: TableLayout(
        id: "overthinking-table", label: "Table: overthinking",
        caption: """
          Every image of every run is in one of the four parts; share in per cent with its 95\u{A0}% interval.\(delta) \
          Cost after the first right exit: mean over wasteful images, in per cent of the final exit’s.
          """, files: ["overthinking.csv", "ledger-paired.csv"], groupColumn: "Part",
        group: { GroupHead($0.part.rawValue, $0.part.detail) }, head: { $0.owner.head }))
  }

  private static func own(_ context: ReportContext) -> [Row] {
    LedgerRows.rows(context) { [$0.overthinking] }.flatMap { row -> [Row] in
      let over = row.value
      func part(_ part: Part, _ value: Overthinking.Part) -> Row {
        Row(owner: row.owner, run: row.run, part: part, count: value.count, share: value.share)
      }
      var wasteful = part(.wasteful, over.wasteful)
      wasteful.wastedMacs = over.wastedMacs
      wasteful.wastedShare = CostShare.of(over.wastedMacs, row.model)
      return [
        wasteful, part(.destructive, over.destructive), part(.needed, over.onlyFinal),
        part(.never, over.never),
        Row(
          owner: row.owner, run: row.run, part: .oracle, share: over.oracleAccuracy,
          meanMacs: over.oracleMeanMacs),
      ]
    }
  }

  private static func differences(_ comparison: Comparison, _ owner: RowOwner) -> [Row] {
    guard let ledger = comparison.paired?.ledger else { return [] }
    return [
      (Part.wasteful, ledger.wasteful), (.destructive, ledger.destructive),
      (.needed, ledger.onlyFinal), (.never, ledger.never),
    ].map { Row(owner: owner, part: $0, share: $1) }
  }

  /// What the oracle would score; nil where no model has a ledger.
  static func oracle(_ context: ReportContext) -> String? {
    let parts = context.result.models.compactMap { model -> String? in
      let name = context.name(model.index)
      guard let over = model.ledger?.overthinking else { return nil }
      let interval =
        NumberFormat.interval(over.oracleAccuracy) { NumberFormat.percent($0) }.map { " \($0)" }
        ?? ""
      let cost = CostShare.of(over.oracleMeanMacs, model).map {
        " for \(NumberFormat.percent($0))\u{A0}% of the final exit’s cost"
      }
      return
        "\(name) \(NumberFormat.percent(over.oracleAccuracy.value))\u{A0}%\(interval)\(cost ?? "")"
    }
    guard !parts.isEmpty else { return nil }
    return """
      Unattainable upper bound: an oracle that knows the labels and stops at the first right exit would \
      score \(parts.joined(separator: "; ")). No policy can do that; the distance to it is what better exit \
      decisions could gain at most.
      """
  }
}
