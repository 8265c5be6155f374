import Analysis

/// Accuracy and cost by setting of every policy: `policies.csv`, and of the report's policy a table of the efficiency page.
enum PolicyTable {
  typealias Row = LedgerRow<(policy: ExitPolicy, point: PolicyPoint)>

  /// Thresholds that the page shows.
  private static let shown = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1]

  static func all(_ context: ReportContext) -> Table<Row> {
    Table(
      LedgerRows.place() + [
        .text("policy", in: .data) { $0.value.policy.rawValue },
        .number("setting", in: .data) { $0.value.point.setting },
        .number("accuracy", "Accuracy", "%", .percent) { $0.value.point.accuracy },
        .number("mean_macs", "Million MACs", "an image", .megaMacs) { $0.value.point.meanMacs },
        .number("mean_share", "Cost", "% of final", .percent, in: .print) {
          CostShare.of($0.value.point.meanMacs, $0.model)
        },
      ] + LedgerRows.shares(context) { $0.point.shares },
      rows: LedgerRows.rows(context) { ledger in
        ledger.policies.flatMap { policy in policy.curve.map { (policy.policy, $0) } }
      })
  }

  /// nil where there is nothing to show.
  static func page(_ context: ReportContext) -> Table<Row>? {
    let policy = context.options.policy
    var table = all(context)
    let wanted = shown + (policy == .confidence ? [context.result.threshold] : [])
    table.rows = table.rows
      .filter { row in
        let setting = row.value.point.setting
        return row.isWhole && row.value.policy == policy
          && (policy == .patience || wanted.contains(setting))
      }
      .sorted {
        ($0.value.point.setting, $0.owner.index) < ($1.value.point.setting, $1.owner.index)
      }
    guard !table.rows.isEmpty else { return nil }
    table.layout = TableLayout(
      id: "settings", label: "Table: accuracy and cost by setting",
      caption: "Accuracy and mean cost by \(policy.rawValue) setting.", files: ["policies.csv"],
      groupColumn: policy == .patience ? "Patience t" : "Threshold τ",
      group: { row in
        let setting = row.value.point.setting
        return GroupHead(
          policy == .patience ? String(Int(setting)) : NumberFormat.fixed(setting, 2))
      }, head: { $0.owner.head })
    return table
  }
}
