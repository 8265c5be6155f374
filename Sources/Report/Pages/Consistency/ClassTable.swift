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
        Of \(NumberFormat.count(classes.count)) classes, the \(shown.count) with the smallest and largest \(context.compared.isEmpty ? "consistency" : "Δ") are shown; \
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
        final exit’s accuracy. 95\u{A0}% intervals in brackets, the samples of the class resampled.\
        \(context.deltaSentence)\(context.compared.isEmpty ? "" : " Classes are many, so some will be bold by chance.")
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
          rows: context.rows { cells(row.label, $0.index) }
            + context.differences { comparison in
              let delta = context.numbers[
                .cosine, .label(row.label), difference: comparison.model]
              return [
                .difference(
                  delta?.estimate, isComparable: comparison.paired?.mapPremise == nil)
              ] + [GroupedTable.Cell](repeating: .empty, count: 5)
            })
      })
  }

  /// nil for a model that saw other samples.
  private func cells(_ label: Int, _ model: Int) -> [GroupedTable.Cell]? {
    guard context.sharingSamples.contains(model) else { return nil }
    func number(_ measure: Measure) -> Number? {
      context.numbers[measure, .label(label), model: model]
    }
    let cosine = number(.cosine)
    return [
      .number(cosine?.estimate), .number(number(.excess)?.estimate) { NumberFormat.signed($0) },
      .number(number(.sameClassExcess)?.estimate) { NumberFormat.signed($0) },
      .number(number(.centred)?.value), .count(cosine?.n ?? 0),
      .number(number(.accuracy)?.estimate) { NumberFormat.percent($0) },
    ]
  }
}
