import Analysis

/// Fifty samples a page, in recording order; lists sorted otherwise lead to the same places.
enum GalleryPages: PageSection {
  static let name = "Gallery"
  static let file = "gallery-1.html"
  static let samplesPerPage = 50

  static func pages(_ context: ReportContext) -> [Page] {
    let shown = context.selection.gallery.filter { context.scales[$0] != nil }
    let pageCount = max(1, (shown.count + samplesPerPage - 1) / samplesPerPage)
    let gallery = (1...pageCount).map { number in
      Page(
        file: "gallery-\(number).html",
        title: pageCount == 1 ? "Gallery" : "Gallery, page \(number) of \(pageCount)",
        template: "gallery", section: name
      ) { fields(number, of: pageCount, shown, context) }
    }
    return gallery + (shown.isEmpty ? [] : SampleLists.pages(context, shown))
  }

  private static func fields(
    _ number: Int, of pageCount: Int, _ shown: [Int], _ context: ReportContext
  ) -> Fields {
    let part = shown.dropFirst((number - 1) * samplesPerPage).prefix(samplesPerPage)
    return [
      "rule": .text(context.selection.galleryRule(of: context.result)),
      "absence": .text(absence(context)),
      "hasSamples": .flag(!shown.isEmpty),
      "threshold": .text(NumberFormat.fixed(context.result.threshold, 2)),
      "colorMap": .text(context.options.colorMap.name),
      "lists": .list(shown.isEmpty ? [] : SampleLists.links),
      "pages": .list(pageCount == 1 ? [] : pageLinks(pageCount, current: number, shown, context)),
      "hasPages": .flag(pageCount > 1), "pagerWord": "Samples",
      "topPager": ["pagerLabel": "Gallery pages"],
      "bottomPager": ["pagerLabel": "Gallery pages, once more"],
      "samples": .list(part.compactMap { SampleCard(context, $0)?.fields }),
    ]
  }

  /// A deep link to a sample's place, from any page.
  static func link(to position: Int, in context: ReportContext) -> String {
    let rank = context.selection.gallery.firstIndex(of: position) ?? 0
    return "gallery-\(rank / samplesPerPage + 1).html#s\(context.result.samples[position].index)"
  }

  /// Why there are no sheets, for the page to say.
  static func absence(_ context: ReportContext) -> String {
    if let why = context.result.pairingRefusal, context.result.paired == nil {
      return "No samples are shown side by side: \(DisplayText.text(why))."
    }
    return "The recordings hold no sample."
  }

  private static func pageLinks(
    _ count: Int, current: Int, _ shown: [Int], _ context: ReportContext
  ) -> [Fields] {
    (1...count).map { number in
      let first = shown[(number - 1) * samplesPerPage]
      let last = shown[min(shown.count, number * samplesPerPage) - 1]
      let samples = context.result.samples
      return [
        "href": .text("gallery-\(number).html"),
        "label": .text("\(samples[first].index)–\(samples[last].index)"),
        "current": .flag(number == current),
      ]
    }
  }
}
