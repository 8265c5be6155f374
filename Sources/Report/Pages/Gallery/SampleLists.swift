import Analysis

/// The gallery's images sorted by what ranks them, by confidence and by class: lists of links, no picture twice.
enum SampleLists {
  static let rowsPerPage = 400

  private struct Order: Sendable {
    var key: String
    var label: String
    var rule: String
    var precedes: @Sendable (SampleResult, SampleResult) -> Bool

    func file(_ number: Int) -> String { "samples-by-\(key)-\(number).html" }
  }

  private static func orders(_ context: ReportContext) -> [Order] {
    let selection = context.selection
    let model = selection.ranking
    let name = context.name(model)
    let byRank =
      model == 0
      ? Order(
        key: "cosine", label: "by cosine",
        rule: "Largest mean cosine over the early exits (\(name)) first; undefined last.",
        precedes: { descending(selection.rank($0), selection.rank($1)) })
      : Order(
        key: "delta", label: "by Δ",
        rule: "Largest Δ (\(name)’s mean cosine minus \(context.name(0))’s) first; undefined last.",
        precedes: { descending(selection.rank($0), selection.rank($1)) })
    return [
      byRank,
      Order(
        key: "confidence", label: "by confidence",
        rule: "Highest confidence at the final exit (\(name)) first.",
        precedes: {
          descending($0.models[model]?.confidences.last, $1.models[model]?.confidences.last)
        }),
      Order(
        key: "class", label: "by class", rule: "By class number, then in recording order.",
        precedes: { $0.label < $1.label }),
    ]
  }

  /// For the gallery pages.
  static func links(_ context: ReportContext) -> [Fields] {
    orders(context).map { ["href": .text($0.file(1)), "label": .text($0.label)] }
  }

  /// - Parameter shown: positions of the gallery's samples, ascending.
  static func pages(_ context: ReportContext, _ shown: [Int]) -> [Page] {
    let samples = context.result.samples
    return orders(context).flatMap { order in
      let sorted = shown.sorted { first, second in
        if order.precedes(samples[first], samples[second]) { return true }
        if order.precedes(samples[second], samples[first]) { return false }
        return first < second
      }
      let pageCount = Pager.pageCount(sorted.count, perPage: rowsPerPage)
      return (1...pageCount).map { number in
        let suffix = pageCount > 1 ? ", page \(number) of \(pageCount)" : ""
        return Page(
          file: order.file(number),
          title: "Images \(order.label)\(suffix)", template: "samples",
          section: GalleryPages.name
        ) {
          let part = Pager.part(sorted, page: number, perPage: rowsPerPage)
          let pager = Pager(
            label: "Pages of this list", pageCount: pageCount, file: order.file)
          return pager.fields(current: number).merging([
            "rule": .text(order.rule),
            "rankName": .text(context.selection.ranking == 0 ? "Cosine" : "Δ"),
            "confidenceOf": .text(context.name(context.selection.ranking)),
            "models": .list(context.drawn.map(context.head)),
            "rows": .list(
              part.map { row(samples[$0], GalleryPages.link(to: $0, in: context)!, context) }),
          ])
        }
      }
    }
  }

  private static func row(
    _ sample: SampleResult, _ href: String, _ context: ReportContext
  ) -> Fields {
    [
      "href": .text(href), "number": .text(String(sample.index)),
      "label": .text(context.className(sample.label)),
      "rank": .text(
        context.selection.ranking == 0
          ? NumberFormat.fixed(context.selection.rank(sample))
          : NumberFormat.signed(context.selection.rank(sample))),
      "confidence": .text(
        NumberFormat.percent(sample.models[context.selection.ranking]?.confidences.last)),
      "leaving": .list(
        context.drawn.map { model in
          [
            "exit": .text(
              (sample.models[model]?.leavesAt).map(String.init) ?? NumberFormat.missing)
          ]
        }),
    ]
  }

  /// Larger first; nil and non-finite last.
  private static func descending(_ first: Double?, _ second: Double?) -> Bool {
    func key(_ value: Double?) -> Double { value.flatMap { $0.isFinite ? $0 : nil } ?? -.infinity }
    return key(first) > key(second)
  }
}
