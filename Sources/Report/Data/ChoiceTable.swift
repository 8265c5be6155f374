import Analysis

/// Settings chosen on the validation answers, frozen, and scored once on the recorded images: `thresholds.csv`, and a table
/// a target on the efficiency page.
enum ChoiceTable {
  /// A model's choice, or what it gives and costs less the reference's.
  struct Row: Sendable {
    var owner: RowOwner
    var model: ModelResult
    var run = LedgerRows.whole
    var policy: ExitPolicy
    var target: ThresholdTarget
    var choice: ThresholdChoice?
    /// Validation images, where all runs have the same number.
    var validationCount: Int?
    var difference: PairedOutcome?
    /// As a share of the final exit's cost.
    var costDifference: Estimate?

    var chosen: FrozenThreshold? { choice?.chosen }
  }

  static func all(_ context: ReportContext) -> Table<Row> {
    Table(
      [
        .model { $0.owner }, .text("run", in: .data) { $0.run },
        .text("policy", in: .data) { $0.policy.rawValue },
        .text("target", in: .data) { $0.target.key },
        .number("target_value", in: .data) { $0.target.share },
        Column("setting", in: .data) { LedgerRows.setting($0.chosen?.settings) },
        Column("setting_text", "Setting", nil, .text, in: .print) { row in
          row.owner.isDifference
            ? .blank
            : .text(
              row.chosen.map { SettingText.several($0.settings, row.policy) } ?? "not possible")
        },
        .integer("validation_samples", in: .data) { $0.validationCount },
        own("validation_accuracy", "Accuracy", "validation, %", .percent) {
          .number($0?.validationAccuracy)
        },
        .number("validation_final_accuracy", in: .data) { $0.chosen?.validationFinalAccuracy },
        .number("validation_mean_macs", in: .data) { $0.chosen?.validationMeanMacs },
        Column("accuracy", "Accuracy", "here, %", .percent, hasBounds: true) { row in
          row.owner.isDifference
            ? .difference(row.difference?.accuracy) : .estimate(row.chosen?.accuracy)
        },
        own("accuracy_gap", "Gap", "here − validation, points", .points) {
          .number($0?.accuracyGap)
        },
        own("accuracy_minus_final", "Against final exit", "here, points", .percent, hasBounds: true)
        {
          .difference($0?.belowFinal)
        },
        Column("validation_cost", "Mean cost", "validation, %", .percent, in: .print) { row in
          row.owner.isDifference
            ? .blank : .number(CostShare.of(row.chosen?.validationMeanMacs, row.model))
        },
        .estimate("mean_macs", in: .data) { $0.chosen?.meanMacs },
        Column("cost", "Mean cost", "here, % of final", .percent, in: .print, hasBounds: true) {
          row in
          guard row.owner.isDifference else {
            return .estimate(CostShare.of(row.chosen?.meanMacs, row.model))
          }
          return row.costDifference.map { .difference($0) } ?? .blank
        },
      ] + shares(context) + [.text("not_possible", in: .data) { $0.choice?.refusal }],
      rows: own(context) + context.compared.flatMap { differences($0, context) },
      writers: { row in
        row.owner.isDifference ? .page : row.run == LedgerRows.whole ? .all : .data
      })
  }

  /// A table a target.
  static func pages(_ context: ReportContext) -> [Table<Row>] {
    let all = all(context)
    return targets(context).enumerated().map { number, target in
      var table = all
      table.rows = all.rows.filter { $0.target == target }
      table.layout = TableLayout(
        id: "choice-\(number + 1)",
        label: "Table: settings chosen for \(SettingText.target(target))",
        caption: """
          Settings chosen on the validation answers for \(SettingText.target(target)), and what they do to these images. \
          95\u{A0}% intervals in brackets; bold: a difference’s interval excludes 0.\
          \(context.compared.isEmpty ? "" : " \(context.deltaText), each with its own setting, in points.")
          """, files: ["thresholds.csv"], groupColumn: "Policy",
        group: { GroupHead($0.policy.rawValue) }, head: { $0.owner.head })
      return table
    }
  }

  private static func targets(_ context: ReportContext) -> [ThresholdTarget] {
    context.result.models.lazy.compactMap(\.ledger).first?.policies.first?.choices.map(\.target)
      ?? []
  }

  // MARK: Columns

  /// What differences do not have.
  private static func own(
    _ key: String, _ title: String, _ detail: String, _ style: NumberStyle,
    hasBounds: Bool = false, _ value: @escaping @Sendable (FrozenThreshold?) -> TableValue
  ) -> Column<Row> {
    Column(key, title, detail, style, hasBounds: hasBounds) { row in
      row.owner.isDifference ? .blank : value(row.chosen)
    }
  }

  private static func shares(_ context: ReportContext) -> [Column<Row>] {
    (1...max(1, context.exitCount)).map { exit in
      .number("share_\(exit)", in: .data) { row in
        row.chosen.flatMap { exit <= $0.shares.count ? $0.shares[exit - 1] : nil }
      }
    }
  }

  // MARK: Rows

  private static func own(_ context: ReportContext) -> [Row] {
    LedgerRows.rows(context, \.policies).flatMap { row in
      row.value.choices.map { choice in
        let counts = row.ledger.validationCounts
        return Row(
          owner: row.owner, model: row.model, run: row.run, policy: row.value.policy,
          target: choice.target, choice: choice,
          validationCount: counts.count == 1 ? counts[0] : nil)
      }
    }
  }

  private static func differences(_ comparison: Comparison, _ context: ReportContext) -> [Row] {
    guard let ledger = comparison.paired?.ledger else { return [] }
    let owner = context.owner(comparison)
    return zip(ExitPolicy.allCases, ledger.choices).flatMap { policy, outcomes in
      zip(targets(context), outcomes).compactMap { target, outcome in
        outcome.map {
          Row(
            owner: owner, model: context.result.models[comparison.model], policy: policy,
            target: target, difference: $0,
            costDifference: CostShare.of($0.meanMacs, model: comparison.model, context))
        }
      }
    }
  }
}
