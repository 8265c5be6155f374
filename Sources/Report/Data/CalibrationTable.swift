import Analysis

/// How far confidences fit the answers: `calibration.csv`, Table 2 of the calibration page, two tables of papers.
enum CalibrationTable {
  /// Scores, or a difference of scores.
  struct Row: Sendable {
    var owner: RowOwner
    var exit: Int
    /// "recorded", "scaled", or "change": scaled − recorded.
    var probabilities: String
    var isOverRuns = false
    var accuracy: Double?
    var scores: CalibrationScores?
    var difference: CalibrationDifference?
    var auroc: Estimate?
    var aurocRecordings: Int?
    /// Whether pages and papers have it: of a difference the row with the widest intervals.
    var isPrinted = false
    /// Whether confidences are none, and a difference may not be marked.
    var isWithheld = false
  }

  /// A row a model (or its difference from the reference), exit and kind of probability: as recorded, after temperature
  /// scaling, and the change from one to the other. Differences over three runs or more have a second row, with
  /// intervals over images and runs.
  static func table(_ context: ReportContext) -> Table<Row> {
    Table(
      [
        .model { $0.owner }, .reference { $0.owner }, .integer("exit", in: .data) { $0.exit },
        .text("probabilities", in: .data) { $0.probabilities },
        .text("intervals_over", in: .data) { $0.isOverRuns ? "images and runs" : "images" },
        own("accuracy", "Accuracy", "%", .percent) { $0.accuracy },
        own("confidence", "Confidence", "mean, %", .percent) { $0.scores?.confidence },
        own("ece", "ECE", "15 bins") { $0.scores?.ece.value },
        own("ece_null", "By chance", "ECE") { $0.scores?.ece.null },
        .flag("ece_within_chance", in: .data) { $0.scores?.ece.isWithinChance },
        score("ece_debiased", "Debiased ECE", nil, \.ece.debiased, \.ece),
        .number("ece_equal_mass", in: .data) { $0.scores?.ece.equalMass },
        score("nll", "NLL", nil, \.nll, \.nll),
        score("brier", "Brier score", "0…2", \.brier, \.brier),
        Column("auroc", "AUROC", "right or wrong", hasBounds: true) { value($0.auroc, $0) },
        .integer("auroc_recordings", in: .data) { $0.aurocRecordings },
      ], rows: rows(context), writers: { $0.isPrinted ? .all : .data },
      layout: TableLayout(
        id: "t2", label: "Table 2", number: "Table 2.", caption: caption(context),
        files: ["calibration.csv"], group: { context.group(exit: $0.exit) }, head: { $0.owner.head }
      ))
  }

  private static func caption(_ context: ReportContext) -> String {
    let isOverRuns = context.compared.contains {
      $0.paired?.calibration.contains { $0.overRuns != nil } == true
    }
    let scope = isOverRuns ? ", its interval over images and training runs" : ""
    let delta =
      context.compared.isEmpty
      ? ""
      : " \(context.deltaText)\(scope), bold where that excludes 0; lower is better but for the AUROC."
    return """
      Calibration and failure prediction on \(context.sampleCountText); 95\u{A0}% intervals in brackets. Confidence \
      above accuracy: over-confident.\(delta)
      """
  }

  // MARK: Columns

  /// A number that differences do not have.
  private static func own(
    _ key: String, _ title: String, _ detail: String? = nil, _ style: NumberStyle = .fixed,
    _ value: @escaping @Sendable (Row) -> Double?
  ) -> Column<Row> {
    Column(key, title, detail, style) { $0.owner.isDifference ? .blank : .number(value($0)) }
  }

  private static func score(
    _ key: String, _ title: String, _ detail: String?,
    _ own: KeyPath<CalibrationScores, Estimate> & Sendable,
    _ difference: KeyPath<CalibrationDifference, Estimate> & Sendable
  ) -> Column<Row> {
    Column(key, title, detail, hasBounds: true) { row in
      value(row.scores?[keyPath: own] ?? row.difference?[keyPath: difference], row)
    }
  }

  private static func value(_ estimate: Estimate?, _ row: Row) -> TableValue {
    row.owner.isDifference
      ? .difference(estimate, isClear: row.isWithheld ? false : nil) : .estimate(estimate)
  }

  // MARK: Rows

  private static func rows(_ context: ReportContext) -> [Row] {
    let isWithheld = AnswerNotices(context).confidences != nil
    return context.result.models.flatMap { rows($0, context.owner($0.index)) }
      + context.compared.flatMap { rows($0, context.owner($0), isWithheld: isWithheld) }
  }

  private static func rows(_ model: ModelResult, _ owner: RowOwner) -> [Row] {
    model.calibration.flatMap { exit -> [Row] in
      let recorded = Row(
        owner: owner, exit: exit.exit, probabilities: "recorded", accuracy: exit.accuracy,
        scores: exit.scores, auroc: exit.auroc, aurocRecordings: exit.aurocRecordings,
        isPrinted: true)
      guard let scaling = exit.scaling else { return [recorded] }
      return [
        recorded,
        Row(
          owner: owner, exit: exit.exit, probabilities: "scaled", accuracy: exit.accuracy,
          scores: scaling.scores),
        Row(owner: owner, exit: exit.exit, probabilities: "change", difference: scaling.change),
      ]
    }
  }

  private static func rows(
    _ comparison: Comparison, _ owner: RowOwner, isWithheld: Bool
  ) -> [Row] {
    comparison.paired!.calibration.flatMap { paired in
      [
        ("recorded", false, .some(paired.difference), paired.auroc),
        ("recorded", true, paired.overRuns, paired.aurocOverRuns),
        ("scaled", false, paired.scaled, nil), ("scaled", true, paired.scaledOverRuns, nil),
      ].compactMap { probabilities, isOverRuns, difference, auroc -> Row? in
        difference.map {
          Row(
            owner: owner, exit: paired.exit, probabilities: probabilities, isOverRuns: isOverRuns,
            difference: $0, auroc: auroc,
            isPrinted: probabilities == "recorded" && isOverRuns == (paired.overRuns != nil),
            isWithheld: isWithheld)
        }
      }
    }
  }
}
