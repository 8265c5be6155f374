/// Links between the pages that a long list is spread over.
struct Pager {
  /// "Samples", "Page": said before a link's text to those who hear it.
  let word: String
  /// What the list of links is called, above and below a page.
  let label: String
  let pageCount: Int
  /// A page's file, counted from 1.
  let file: (Int) -> String
  /// A link's text; the page's number unless given.
  var text: (Int) -> String = { String($0) }

  init(
    word: String = "Page", label: String, pageCount: Int, file: @escaping (Int) -> String
  ) {
    self.word = word
    self.label = label
    self.pageCount = pageCount
    self.file = file
  }

  /// Pages that so many entries take; one where there is none.
  static func pageCount(_ entries: Int, perPage: Int) -> Int {
    max(1, (entries + perPage - 1) / perPage)
  }

  /// The part of the entries that a page shows.
  static func part<Entry>(_ entries: [Entry], page: Int, perPage: Int) -> ArraySlice<Entry> {
    entries.dropFirst((page - 1) * perPage).prefix(perPage)
  }

  /// For the template `pager`, above and below a page's entries.
  func fields(current: Int) -> Fields {
    [
      "hasPages": .flag(pageCount > 1), "pagerWord": .text(word),
      "topPager": ["pagerLabel": .text(label)],
      "bottomPager": ["pagerLabel": .text("\(label), once more")],
      "pages": .list(
        (1...pageCount).map { number in
          [
            "href": .text(file(number)), "label": .text(text(number)),
            "current": .flag(number == current),
          ]
        }),
    ]
  }
}
