import Analysis

/// `classes.tex`: images per class in each part of the data.
enum PaperClassTable {
  /// More rows run off the page of every venue; a long table would need one column and a package of its own.
  private static let mostClasses = 40

  struct Row: Sendable {
    var name: String
    /// One a part.
    var counts: [Int?]
    /// Whether it is the sum, which a line sets apart.
    var isSum = false
  }

  static func table(_ context: ReportContext) -> Table<Row> {
    let parts = ClassCounts.parts(context)
    let names = context.result.classNames
    let shown = names.prefix(mostClasses)
    let isCut = shown.count < names.count
    var rows = shown.enumerated().map { label, name in
      Row(
        name: name,
        counts: parts.map { $0.counts.indices.contains(label) ? $0.counts[label] : nil })
    }
    if isCut {
      rows.append(
        Row(
          name: "and \(NumberFormat.count(names.count - shown.count)) more",
          counts: parts.map { $0.counts.dropFirst(shown.count).reduce(0, +) }))
    }
    rows.append(Row(name: "All", counts: parts.map { $0.counts.reduce(0, +) }, isSum: true))
    return Table(
      parts.indices.map { part in
        .integer("part_\(part)", parts[part].name) { $0.counts[part] }
      }, rows: rows,
      layout: TableLayout(
        id: "classes", label: "",
        caption: "Images per class of \(context.title)."
          + (isCut
            ? " The first \(shown.count) of \(NumberFormat.count(names.count)) classes; "
              + "data/per-class.csv has the test images of all." : ""),
        rowColumn: "Class", isDivided: { $0.isSum }
      ) { RowHead($0.name) })
  }
}
