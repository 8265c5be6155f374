import Analysis

/// Answers and maps of two sides against each other: `disagreement.csv`, and the tables of a comparison's page.
enum DisagreementTable {
  /// What stands against what.
  enum Kind: String, Sendable {
    case models
    case sameAnswerOfBoth = "same answer of both models"
    case exitAgainstFinal = "exit against final"
    case confident = "confident and wrong"
  }

  /// Two sides, the `first` against the `second`: the reference against a model, or an exit against the final one.
  struct Row: Sendable {
    var owner: RowOwner
    var kind: Kind
    /// nil for the final exits of both models.
    var place: Place?
    var runs: (reference: Int, model: Int)?
    var answers: (bothRight: Int, onlyFirst: Int, onlySecond: Int, bothWrong: Int)?
    var difference: Estimate?
    var finding: Finding?
    var p: Double?
    var holmP: Double?
    var same: SameAnswer?
    var errors: ConfidentErrors?
  }

  /// Every comparison's. The reference's own exits stand there once, not with every comparison.
  static func all(_ context: ReportContext) -> Table<Row> {
    let comparisons = context.result.comparisons
    return Table(
      columns,
      rows: comparisons.flatMap { comparison in
        rows(comparison, context).filter {
          $0.owner.isDifference || $0.owner.index == comparison.model
            || comparison.model == comparisons[0].model
        }
      })
  }

  static let columns: [Column<Row>] = [
    .model { $0.owner }, .reference { $0.owner },
    .text("comparison", in: .data) { $0.kind.rawValue },
    Column("place", in: .data) { row in
      switch row.place {
      case .exit(let exit): .integer(exit)
      case nil: .text("final")
      default: .text("leaving")
      }
    },
    .integer("reference_run", in: .data) { $0.runs?.reference },
    .integer("model_run", in: .data) { $0.runs?.model },
    .integer("both_right", "Both right") { $0.answers?.bothRight },
    .integer("only_first_right", "Lost", "right here only") { $0.answers?.onlyFirst },
    .integer("only_second_right", "Gained", "right at the end only") { $0.answers?.onlySecond },
    .integer("both_wrong", "Both wrong") { $0.answers?.bothWrong },
    Column("difference", "Δ", "points", .percent, hasBounds: true) { row in
      .difference(row.difference, isClear: row.finding == .higher || row.finding == .lower)
    },
    .number("p", "McNemar’s p", nil, .p) { $0.p },
    .number("holm_p", "Holm’s p", nil, .p) { $0.holmP },
    .integer("same_answer", "Same answer", "images") { $0.same?.count },
    .integer("elsewhere", "From elsewhere", "images") {
      $0.same?.null == nil ? nil : $0.same?.elsewhere
    },
    .estimate("elsewhere_share", "Share", "%", .percent) { $0.same?.share },
    .number("elsewhere_chance", "By chance", "%", .percent) { $0.same?.chance },
    .number("null", "Null", "cosine") { $0.same?.null },
    .integer("confident", "Confident", "answers") { $0.errors?.confident },
    .integer("confident_wrong", "Of them wrong", "answers") { $0.errors?.confidentWrong },
    .estimate("confident_wrong_share", "Share", "%", .percent) { $0.errors?.share },
    .integer("wrong", "All wrong", "answers") { $0.errors?.wrong },
  ]

  // MARK: Rows

  /// A comparison's, the reference's own exits among them.
  static func rows(_ comparison: Comparison, _ context: ReportContext) -> [Row] {
    guard let disagreement = comparison.disagreement else { return [] }
    let both = context.owner(comparison)
    let sides = [
      (
        context.owner(comparison.reference), disagreement.referenceExits,
        disagreement.referenceConfidence
      ), (context.owner(comparison.model), disagreement.modelExits, disagreement.modelConfidence),
    ]
    return disagreement.tables.flatMap { rows($0, both) }
      + [Row(owner: both, kind: .sameAnswerOfBoth, same: disagreement.models)]
      + sides.flatMap { owner, exits, _ in exits.map { row($0, owner) } }
      + sides.flatMap { owner, _, errors in
        errors.map { Row(owner: owner, kind: .confident, place: $0.place, errors: $0) }
      }
  }

  private static func rows(_ table: CorrectnessTable, _ owner: RowOwner) -> [Row] {
    table.rows.map { row in
      Row(
        owner: owner, kind: .models, place: row.place, runs: (table.reference, table.model),
        answers: (
          row.test.bothRight, row.test.onlyReferenceRight, row.test.onlyModelRight,
          row.test.bothWrong
        ), difference: row.difference, finding: row.finding, p: row.test.p, holmP: row.holmP)
    }
  }

  private static func row(_ exit: ExitAgainstFinal, _ owner: RowOwner) -> Row {
    Row(
      owner: owner, kind: .exitAgainstFinal, place: .exit(exit.exit),
      answers: (exit.bothRight, exit.onlyExitRight, exit.onlyFinalRight, exit.bothWrong),
      difference: exit.difference, finding: exit.finding, p: exit.p, holmP: exit.holmP,
      same: exit.sameAnswer)
  }
}
