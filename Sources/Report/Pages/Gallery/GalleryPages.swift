import Analysis

/// Fifty images a page, in recording order; lists sorted otherwise lead to the same places.
enum GalleryPages: PageSection {
  static let name = "Gallery"
  static let file = page(1)
  static let samplesPerPage = 50

  static func pages(_ context: ReportContext) -> [Page] {
    let shown = context.shown
    let pageCount = Pager.pageCount(shown.count, perPage: samplesPerPage)
    let gallery = (1...pageCount).map { number in
      Page(
        file: page(number),
        title: pageCount == 1 ? "Gallery" : "Gallery, page \(number) of \(pageCount)",
        template: "gallery", section: name
      ) { fields(number, of: pageCount, shown, context) }
    }
    return gallery + (shown.isEmpty ? [] : SampleLists.pages(context, shown))
  }

  private static func fields(
    _ number: Int, of pageCount: Int, _ shown: [Int], _ context: ReportContext
  ) -> Fields {
    let part = Pager.part(shown, page: number, perPage: samplesPerPage)
    let samples = context.result.samples
    var pager = Pager(
      word: "Images", label: "Gallery pages", pageCount: pageCount, file: page)
    pager.text = { number in
      let part = Pager.part(shown, page: number, perPage: samplesPerPage)
      return part.isEmpty ? "" : "\(samples[part.first!].index)–\(samples[part.last!].index)"
    }
    return pager.fields(current: number).merging([
      "rule": .text(context.selection.galleryRule(of: context.result)),
      "absence": .text(absence(context)),
      "hasSamples": .flag(!shown.isEmpty),
      "threshold": .text(NumberFormat.fixed(context.result.threshold, 2)),
      "colorMap": .text(context.options.colorMap.name),
      "lists": .list(shown.isEmpty ? [] : SampleLists.links(context)),
      "models": .list(context.drawn.map(context.head)), "isList": .flag(context.drawn.count > 1),
      "drawnNote": .optional(drawnNote(context)),
      "otherName": .text(context.drawn.count > 1 ? context.name(context.drawn[1]) : ""),
      "referenceName": .text(context.name(0)),
      "hasViews": .flag(!context.selection.viewed.isEmpty),
      "viewsRule": .optional(context.selection.viewsRule),
      "differenceNote": .optional(SampleCard.differenceNote(context)),
      "samples": .list(part.compactMap { SampleCard(context, $0)?.fields }),
    ])
  }

  /// A page's file, counted from 1.
  private static func page(_ number: Int) -> String { "gallery-\(number).html" }

  /// A deep link to a sample's place, from any page; nil for one that the gallery does not show.
  static func link(to position: Int, in context: ReportContext) -> String? {
    guard let rank = context.selection.rank(of: position) else { return nil }
    return "\(page(rank / samplesPerPage + 1))#s\(context.result.samples[position].index)"
  }

  /// Which models are shown; nil where all are.
  static func drawnNote(_ context: ReportContext) -> String? {
    let drawn = context.drawn
    guard drawn.count < context.models.count else { return nil }
    let others = context.sharingSamples.count > drawn.count
    return """
      Shown: \(DisplayText.list(drawn.map(context.name))).\
      \(others ? " The other models’ answers are in samples.csv." : "")\
      \(context.sharingSamples.count < context.models.count ? " Models that saw other images are left out." : "")
      """
  }

  /// Why there are no sheets, for the page to say.
  static func absence(_ context: ReportContext) -> String {
    "The recordings hold no image."
  }
}
