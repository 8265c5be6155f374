/// One chart of a report: inline on a page, and as files for papers.
struct ReportFigure: Sendable {
  /// "figure-1": the anchor, and the name of the files under `figures/`.
  var id: String
  /// "consistency": how pages ask for it, whatever its number.
  var name: String
  /// "Figure 1"
  var label: String
  /// The table under `data/` that has its numbers.
  var table: String
  /// A few words.
  var title: String
  /// What it shows, in one or two sentences, error bars included.
  var caption: String
  /// SVG to put into a page: no style attributes, ids of its own, a title and a description.
  var markup: String
  /// In the order in which a page links to them.
  var files: [(format: FigureFormat, bytes: [UInt8])]

  func file(_ format: FigureFormat) -> String { "figures/\(id).\(format.rawValue)" }

  var fields: Fields {
    var links = files.map { (file($0.format), $0.format.rawValue.uppercased()) }
    links.insert(("data/\(table)", "CSV"), at: 0)
    return [
      "id": .text(id), "label": .text(label), "title": .text(title), "caption": .text(caption),
      "svg": .markup(markup),
      "files": .list(
        links.map { ["href": .text($0.0), "kind": .text($0.1)] }),
    ]
  }
}
