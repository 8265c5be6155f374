import Analysis

/// Something of a ledger, with whose it is.
struct LedgerRow<Value: Sendable>: Sendable {
  var owner: RowOwner
  var model: ModelResult
  /// "all" for a model, 1, 2, … for each of its recordings alone.
  var run: String
  var ledger: ExitLedger
  var value: Value

  /// Whether pages show it: they leave single runs to the files.
  var isWhole: Bool { run == LedgerRows.whole }
}

enum LedgerRows {
  static let whole = "all"

  static func rows<Value>(
    _ context: ReportContext, _ values: (ExitLedger) -> [Value]
  ) -> [LedgerRow<Value>] {
    context.result.models.flatMap { model in
      let ledgers =
        (model.ledger.map { [(whole, $0)] } ?? [])
        + model.seedLedgers.enumerated().map { ("\($0 + 1)", $1) }
      let owner = context.owner(model.index)
      return ledgers.flatMap { run, ledger in
        values(ledger).map {
          LedgerRow(owner: owner, model: model, run: run, ledger: ledger, value: $0)
        }
      }
    }
  }

  /// The columns in front of every such table.
  static func place<Value>() -> [Column<LedgerRow<Value>>] {
    [.model { $0.owner }, .text("run", in: .data) { $0.run }]
  }

  /// One column an exit, in files.
  static func shares<Value>(
    _ context: ReportContext, _ shares: @escaping @Sendable (Value) -> [Double]?
  ) -> [Column<LedgerRow<Value>>] {
    (1...max(1, context.exitCount)).map { exit in
      .number("share_\(exit)", in: .data) { row in
        shares(row.value).flatMap { exit <= $0.count ? $0[exit - 1] : nil }
      }
    }
  }

  /// Of several runs none, since each has its own: see their rows.
  static func setting(_ settings: [Double]?) -> TableValue {
    guard let settings, settings.count == 1 else { return .blank }
    return settings[0].isFinite ? .number(settings[0]) : .text("never")
  }
}
