import Analysis

/// Whether maps show what the answers depend on: `faithfulness.csv`, `faithfulness-paired.csv`, and two tables of the page.
enum FaithfulnessTable {
  struct Row: Sendable {
    var owner: RowOwner
    /// Of a model; nil for a difference.
    var all: ModelFaithfulness?
    /// nil for the mean over the early exits, which the summary page speaks of.
    var number: Int?
    var exit: ExitFaithfulness?
    var paired: PairedFaithfulness?
    /// Of a difference: whether its interval is over images and runs.
    var isOverRuns = false
    /// Whether the two sides' maps may not be compared.
    var isWithheld = false
  }

  /// Every column, of models and of differences.
  private static let columns: [Column<Row>] =
    [
      .model { $0.owner }, .reference { $0.owner },
      Column("exit", in: .data) { row in row.number.map { .integer($0) } ?? .text("mean") },
      .integer("samples", in: .data) { $0.all?.sampleCount },
      .integer("recordings", in: .data) { $0.all?.recordingCount },
      .flag("is_over_runs", in: .data) { $0.isOverRuns },
      own("whole_image", "Whole image", "probability") { .number($0.exit?.masking?.wholeImage) },
    ] + curve("deletion", "Deletion") { $0.masking?.deletion }
    + curve("insertion", "Insertion") { $0.masking?.insertion }
    + [
      own("advantage", "Both", "mean gain", .signed, hasBounds: true) { row in
        .estimate(row.exit.map { $0.masking?.advantage } ?? row.all?.meanAdvantage)
      },
      .number("all_deleted", in: .data) { $0.exit?.masking?.allDeleted },
      .number("none_inserted", in: .data) { $0.exit?.masking?.noneInserted },
      own("road_gap", "ROAD", "gap", .signed, hasBounds: true) { row in
        .estimate(row.exit.map { $0.road?.gap } ?? row.all?.meanRoadGap)
      },
      .integer("gradcam_n", in: .data) { $0.exit?.gradCAM?.n },
    ] + agreement("gradcam_cosine", "Cosine") { $0.cosine }
    + agreement("gradcam_centred", "Centred r") { $0.centred }
    + agreement("gradcam_spearman", "Spearman") { $0.spearman }
    + [
      own("gradcam_undefined", "Undefined", "maps", .count) {
        .integer($0.exit?.gradCAM?.undefined)
      }
    ]
    + [
      delta("delta_deletion_gain", of: "deletion_gain") { $0.deletionGain },
      delta("delta_insertion_gain", of: "insertion_gain") { $0.insertionGain },
      delta("delta_advantage", of: "advantage") { $0.advantage },
      delta("delta_road_gap", of: "road_gap") { $0.roadGap },
      delta("delta_gradcam_centred", of: "gradcam_centred") { $0.gradCAMCentred },
    ]

  // MARK: Files

  static func own(_ context: ReportContext) -> Table<Row> {
    Table(
      columns.filter {
        !$0.key.hasPrefix("delta_") && !["reference", "is_over_runs"].contains($0.key)
      },
      rows: models(context))
  }

  static func differences(_ context: ReportContext) -> Table<Row> {
    let front = ["model", "reference", "exit", "is_over_runs"]
    return Table(
      columns.filter { front.contains($0.key) || $0.key.hasPrefix("delta_") },
      rows: compared(context))
  }

  // MARK: The page

  static func masking(_ context: ReportContext) -> Table<Row> {
    page(
      context,
      [
        "whole_image", "deletion_area", "deletion_random_area", "deletion_gain", "insertion_area",
        "insertion_random_area", "insertion_gain", "advantage", "road_gap",
      ], id: "masking-table", label: "Table: deletion, insertion and ROAD",
      caption: """
        Areas under the mean curves, what random order gives, and the gain over it (for deletion a smaller area is \
        better); both: the mean of the two gains. \(samples(context)); 95\u{A0}% intervals in brackets.\(delta(context))
        """,
      files: ["faithfulness.csv", "faithfulness-curves.csv", "faithfulness-samples.csv"])
  }

  static func gradCAM(_ context: ReportContext) -> Table<Row> {
    page(
      context,
      ["gradcam_cosine", "gradcam_centred", "gradcam_spearman"].flatMap {
        [$0, "\($0)_null", "\($0)_excess"]
      } + ["gradcam_undefined"], id: "gradcam-table", label: "Table: agreement with Grad-CAM",
      caption: """
        Agreement of the maps with Grad-CAM, its null (Grad-CAM maps of other images) and the excess over it. \
        \(samples(context)); 95\u{A0}% intervals in brackets.\(delta(context)) Undefined: maps that are constant, most \
        often Grad-CAM maps of zeros; left out.
        """, files: ["faithfulness.csv"])
  }

  /// "150 of 1,364 images"
  static func samples(_ context: ReportContext) -> String {
    let counts = context.result.models.compactMap { $0.faithfulness?.sampleCount }
    return "\(NumberFormat.range(counts)) of \(context.sampleCountText)"
  }

  /// Of differences; empty without any.
  private static func delta(_ context: ReportContext) -> String {
    guard let first = context.compared.first(where: { $0.faithfulness != nil }) else { return "" }
    let scope = RunWords.scope(isOverRuns: first.faithfulness!.areOverRuns, first)
    return " \(context.deltaText), \(scope), bold where its interval excludes 0."
  }

  private static func page(
    _ context: ReportContext, _ keys: [String], id: String, label: String, caption: String,
    files: [String]
  ) -> Table<Row> {
    let table = Table(
      columns, rows: (models(context) + compared(context)).filter { $0.number != nil })
    return Table(
      table.columns(keys).map { column in
        // A difference stands under the number that it is a difference of.
        guard let delta = columns.first(where: { $0.key == "delta_\(column.key)" }) else {
          return column.key.hasSuffix("_area") ? column.bare : column
        }
        var both = column
        both.value = { $0.owner.isDifference ? delta.value($0) : column.value($0) }
        return both
      }, rows: table.rows,
      layout: TableLayout(
        id: id, label: label, caption: caption, files: files, isDense: true,
        group: { context.group(exit: $0.number) }, head: { $0.owner.head }))
  }

  // MARK: Columns

  /// What differences do not have.
  private static func own(
    _ key: String, _ title: String, _ detail: String? = nil, _ style: NumberStyle = .fixed,
    hasBounds: Bool = false, _ value: @escaping @Sendable (Row) -> TableValue
  ) -> Column<Row> {
    Column(key, title, detail, style, hasBounds: hasBounds) { row in
      row.owner.isDifference ? .blank : value(row)
    }
  }

  private static func curve(
    _ key: String, _ title: String,
    _ curve: @escaping @Sendable (ExitFaithfulness) -> MaskingCurve?
  ) -> [Column<Row>] {
    [
      own("\(key)_area", title, "area", hasBounds: true) {
        .estimate($0.exit.flatMap(curve)?.area)
      },
      own("\(key)_random_area", "Random", "area", hasBounds: true) {
        .estimate($0.exit.flatMap(curve)?.randomArea)
      },
      own("\(key)_gain", "Gain", nil, .signed, hasBounds: true) {
        .estimate($0.exit.flatMap(curve)?.gain)
      },
    ]
  }

  private static func agreement(
    _ key: String, _ title: String,
    _ value: @escaping @Sendable (GradCAMAgreement) -> AgreementWithNull
  ) -> [Column<Row>] {
    [
      own(key, title, hasBounds: true) { .estimate($0.exit?.gradCAM.map(value)?.value) },
      own("\(key)_null", "Null") { .number($0.exit?.gradCAM.map(value)?.null) },
      own("\(key)_excess", "Excess", nil, .signed, hasBounds: true) {
        .estimate($0.exit?.gradCAM.map(value)?.excess)
      },
    ]
  }

  private static func delta(
    _ key: String, of own: String,
    _ value: @escaping @Sendable (PairedFaithfulness) -> Estimate?
  ) -> Column<Row> {
    Column(key, in: .data, hasBounds: true) { row in
      .difference(row.paired.flatMap(value), isClear: row.isWithheld ? false : nil)
    }
  }

  // MARK: Rows

  private static func models(_ context: ReportContext) -> [Row] {
    context.result.models.flatMap { model -> [Row] in
      guard let all = model.faithfulness else { return [] }
      let owner = context.owner(model.index)
      return all.exits.map { Row(owner: owner, all: all, number: $0.exit, exit: $0) }
        + [Row(owner: owner, all: all)]
    }
  }

  private static func compared(_ context: ReportContext) -> [Row] {
    context.result.comparisons.flatMap { comparison -> [Row] in
      guard let faithfulness = comparison.faithfulness else { return [] }
      return (faithfulness.exits + [faithfulness.mean].compactMap { $0 }).map {
        Row(
          owner: context.owner(comparison), number: $0.exit > 0 ? $0.exit : nil, paired: $0,
          isOverRuns: faithfulness.areOverRuns,
          isWithheld: comparison.paired?.mapPremise != nil)
      }
    }
  }
}
