import Analysis

/// Class by class: consistency, what it has above the null, and accuracy. `per-class.csv` has every early exit; a page has
/// the means over them.
enum ClassTable {
  /// More classes are not shown on a page.
  private static let limit = 30

  /// A class under a model, or a model's difference from the reference in it.
  struct Row: Sendable {
    var entry: ClassResult
    var owner: RowOwner
    /// nil for the mean over the early exits.
    var exit: Int?
    var numbers: Numbers

    subscript(measure: Measure) -> Number? {
      let place: Place =
        exit.map { .labelAtExit(entry.label, exit: $0) } ?? .label(entry.label)
      return numbers[measure, place, owner.subject]
    }
  }

  /// Every class at every early exit and over them ("mean").
  static func table(_ context: ReportContext) -> Table<Row> {
    let shown = Set(shown(context).map(\.label))
    let names = context.result.classNames
    return Table(
      [
        .integer("label", in: .data) { $0.entry.label },
        .text("class", in: .data) { row in
          names.indices.contains(row.entry.label) ? names[row.entry.label] : ""
        },
        .integer("images", in: .data) { $0.entry.sampleCount },
        .flag("few", in: .data) { $0.entry.isSmall },
        .model { $0.owner }, .reference { $0.owner },
        Column("exit", in: .data) { row in row.exit.map { .integer($0) } ?? .text("mean") },
        column(.cosine, "cosine", "Consistency", "cosine"),
        column(.excess, "excess", "Excess", "over other images"),
        column(.sameClassExcess, "same_class_excess", "Excess", "over same class"),
        column(.centred, "centred", "Centred r"),
        Column("n", "n", nil, .count) { row in
          row.owner.isDifference ? .blank : .integer(row[.cosine]?.n ?? 0)
        },
        column(.accuracy, "accuracy", "Accuracy", "final exit, %"),
      ], rows: rows(context),
      writers: { $0.exit == nil && shown.contains($0.entry.label) ? .all : .data },
      layout: TableLayout(
        id: "classes", label: "Table: class by class",
        caption: """
          Class by class, over the early exits: consistency, what it has above the two nulls, centred correlation; and the \
          final exit’s accuracy. 95\u{A0}% intervals in brackets, the samples of the class resampled.\
          \(context.deltaSentence)\(context.compared.isEmpty ? "" : " Classes are many, so some will be bold by chance.")
          """, files: ["per-class.csv"], groupColumn: "Class",
        group: { row in
          GroupHead(
            context.className(row.entry.label),
            NumberFormat.counted(row.entry.sampleCount, "image", "images")
              + (row.entry.isSmall ? ", few" : ""))
        }, head: { $0.owner.head }))
  }

  /// Differences in a class are known of some measures only.
  private static func column(
    _ measure: Measure, _ key: String, _ title: String, _ detail: String? = nil
  ) -> Column<Row> {
    Column(key, title, detail, measure.style, help: measure.definition, hasBounds: true) { row in
      let number = row[measure]
      guard row.owner.isDifference else { return .estimate(number?.estimate) }
      return number == nil ? .blank : .difference(number)
    }
  }

  private static func rows(_ context: ReportContext) -> [Row] {
    context.result.classes.flatMap { entry -> [Row] in
      func row(_ owner: RowOwner, _ exit: Int? = nil) -> Row {
        Row(entry: entry, owner: owner, exit: exit, numbers: context.numbers)
      }
      let own = context.sharingSamples.flatMap { index -> [Row] in
        let owner = context.owner(index)
        return context.result.models[index].exits.dropLast().map { row(owner, $0.exit) }
          + [row(owner)]
      }
      return own + context.compared.map { row(context.owner($0)) }
    }
  }

  // MARK: What a page shows

  /// In their order; where there are too many, those at both ends of Δ.
  private static func shown(_ context: ReportContext) -> [ClassResult] {
    let classes = context.result.classes
    guard classes.count > limit else { return classes }
    // By the first comparison, or the model's own consistency where there is none.
    let key: (ClassResult) -> Double? = { row in
      let numbers = context.numbers
      return context.compared.first.map {
        numbers[.cosine, .label(row.label), difference: $0.model]?.value
      } ?? numbers[.cosine, .label(row.label), model: 0]?.value
    }
    let sorted = classes.filter { key($0) != nil }.sorted {
      (key($0)!, $0.label) < (key($1)!, $1.label)
    }
    guard sorted.count > limit else { return sorted }
    return Array(sorted.prefix(limit / 2) + sorted.suffix(limit / 2))
  }

  /// What a page leaves out, and which classes say little.
  static func note(_ context: ReportContext) -> String? {
    let classes = context.result.classes
    var parts: [String] = []
    if classes.count > limit {
      parts.append(
        """
        Of \(NumberFormat.count(classes.count)) classes, the \(shown(context).count) with the smallest and largest \
        \(context.compared.isEmpty ? "consistency" : "Δ") are shown; per-class.csv has all.
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
}
