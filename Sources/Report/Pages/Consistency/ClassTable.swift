import Analysis

/// Class by class: consistency, what it has above chance, and accuracy.
struct ClassTable {
  /// More classes are not shown, but are in per-class.csv.
  private static let limit = 30

  private let context: ReportContext
  private var classes: [ClassResult] { context.result.classes }

  init(_ context: ReportContext) { self.context = context }

  var isEmpty: Bool { classes.isEmpty }

  /// In their order; where there are too many, those at both ends of Δ.
  private var shown: [ClassResult] {
    guard classes.count > Self.limit else { return classes }
    let sorted = classes.filter { $0.deltaCosine != nil }.sorted {
      ($0.deltaCosine!.value, $0.label) < ($1.deltaCosine!.value, $1.label)
    }
    let half = Self.limit / 2
    guard sorted.count > Self.limit else { return sorted }
    return Array(sorted.prefix(half) + sorted.suffix(half))
  }

  /// What is left out, and which classes say little.
  var note: String? {
    var parts: [String] = []
    if classes.count > Self.limit {
      parts.append(
        """
        Of \(NumberFormat.count(classes.count)) classes, the \(shown.count) with the smallest and largest Δ are shown; \
        per-class.csv has all.
        """)
    }
    let small = classes.filter(\.isSmall)
    if !small.isEmpty {
      parts.append(
        """
        \(NumberFormat.counted(small.count, "class has", "classes have")) fewer than \(ClassResult.smallSize) samples \
        (marked “few”): \(small.count == 1 ? "its numbers" : "their numbers") say little.
        """)
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  var table: GroupedTable {
    GroupedTable(
      id: "classes", label: "Table: class by class",
      caption: """
        Class by class, over the early exits: consistency, what it has above the two nulls, centred correlation; and the \
        final exit’s accuracy. 95\u{A0}% intervals in brackets, the samples of the class resampled. Δ is EGT minus \
        baseline, bold where its interval excludes 0; classes are many, so some will be bold by chance.
        """,
      groupColumn: "Class",
      columns: [
        .init("Consistency", "cosine"), .init("Excess", "over other images"),
        .init("Excess", "over same class"), .init("Centred r"), .init("n"),
        .init("Accuracy", "final exit, %"),
      ],
      groups: shown.map { row in
        let few = row.isSmall ? ", few" : ""
        return GroupedTable.Group(
          name: context.className(row.label),
          detail: NumberFormat.counted(row.sampleCount, "image", "images") + few,
          rows: [
            .baseline(cells(row.baseline)), .egt(cells(row.egt)),
            .difference(
              [
                .difference(
                  row.deltaCosine, isComparable: context.result.paired?.mapPremise == nil)
              ] + [GroupedTable.Cell](repeating: .empty, count: 5)),
          ])
      })
  }

  private func cells(_ arm: ClassModel) -> [GroupedTable.Cell] {
    [
      .number(arm.mean.cosine), .number(arm.mean.excess) { NumberFormat.signed($0) },
      .number(arm.mean.sameClassExcess) { NumberFormat.signed($0) }, .number(arm.mean.centred),
      .count(arm.mean.n), .number(arm.accuracy) { NumberFormat.percent($0) },
    ]
  }
}
