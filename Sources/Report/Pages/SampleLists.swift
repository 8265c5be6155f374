import Analysis

/// The gallery's samples sorted by Δ, by confidence and by class: lists of links, no picture twice.
enum SampleLists {
  static let rowsPerPage = 400

  private struct Order: Sendable {
    var key: String
    var label: String
    var rule: String
    var precedes: @Sendable (SampleResult, SampleResult) -> Bool

    func file(_ number: Int) -> String { "samples-by-\(key)-\(number).html" }
  }

  private static let orders: [Order] = [
    Order(
      key: "delta", label: "by Δ",
      rule: "Largest Δ (EGT’s mean cosine minus the baseline’s) first; undefined last.",
      precedes: { descending($0.deltaCosine, $1.deltaCosine) }),
    Order(
      key: "confidence", label: "by confidence",
      rule: "EGT’s highest confidence at the final exit first.",
      precedes: { descending($0.egt.confidences.last, $1.egt.confidences.last) }),
    Order(
      key: "class", label: "by class", rule: "By class number, then in recording order.",
      precedes: { $0.label < $1.label }),
  ]

  /// For the gallery pages.
  static var links: [Fields] {
    orders.map { ["href": .text($0.file(1)), "label": .text($0.label)] }
  }

  /// - Parameter shown: positions of the gallery's samples, ascending.
  static func pages(_ context: ReportContext, _ shown: [Int]) -> [Page] {
    let samples = context.result.samples
    return orders.flatMap { order in
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
          title: "Samples \(order.label)\(suffix)", template: "samples",
          section: GalleryPages.name
        ) {
          let part = Pager.part(sorted, page: number, perPage: rowsPerPage)
          let pager = Pager(
            label: "Pages of this list", pageCount: pageCount, file: order.file)
          return pager.fields(current: number).merging([
            "rule": .text(order.rule),
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
      "delta": .text(NumberFormat.signed(sample.deltaCosine)),
      "confidence": .text(NumberFormat.percent(sample.egt.confidences.last)),
      "leavesBaseline": .text(String(sample.baseline.leavesAt)),
      "leavesEGT": .text(String(sample.egt.leavesAt)),
    ]
  }

  /// Larger first; nil and non-finite last.
  private static func descending(_ first: Double?, _ second: Double?) -> Bool {
    func key(_ value: Double?) -> Double { value.flatMap { $0.isFinite ? $0 : nil } ?? -.infinity }
    return key(first) > key(second)
  }
}
