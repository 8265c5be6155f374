import Testing

/// A page's tags as a strict reader sees them: every attribute quoted, every element closed.
struct HTMLPage {
  struct Tag {
    var name: String
    var attributes: [(name: String, value: String)]

    subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  private(set) var tags: [Tag] = []
  /// The text between tags, entities resolved, white space as it is.
  private(set) var text = ""
  private(set) var problems: [String] = []

  /// Elements that do not part words.
  private static let inline: Set<Substring> = ["a", "b", "bdi", "code", "span", "strong"]
  private static let void: Set<String> = ["meta", "link", "img", "col", "br", "hr", "input"]

  init(_ source: String) {
    var open: [String] = []
    var rest = source.utf8[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      text += Self.resolve(String(rest[..<start])!)
      rest = rest[rest.index(after: start)...]
      guard let end = Self.end(of: rest) else {
        problems.append("a tag does not end")
        return
      }
      let inside = String(rest[..<end])!
      if !Self.inline.contains(inside.drop { $0 == "/" }.prefix { $0.isLetter }) { text += " " }
      rest = rest[rest.index(after: end)...]
      if inside.hasPrefix("!DOCTYPE html") { continue }
      if inside.hasPrefix("/") {
        let name = String(inside.dropFirst())
        if open.popLast() != name { problems.append("</\(name)> closes another element") }
        continue
      }
      let isClosed = inside.hasSuffix("/")
      let tag = parse(isClosed ? String(inside.dropLast()) : inside)
      tags.append(tag)
      if !isClosed, !Self.void.contains(tag.name) { open.append(tag.name) }
    }
    text += Self.resolve(String(rest)!)
    if !open.isEmpty { problems.append("not closed: \(open)") }
  }

  /// The `>` that ends a tag: not one inside quotes.
  private static func end(of rest: Substring.UTF8View) -> String.Index? {
    var isQuoted = false
    for index in rest.indices {
      if rest[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if rest[index] == UInt8(ascii: ">"), !isQuoted { return index }
    }
    return nil
  }

  private mutating func parse(_ inside: String) -> Tag {
    let name = inside.prefix { !$0.isWhitespace }
    var attributes: [(String, String)] = []
    var rest = inside[name.endIndex...].utf8
    while true {
      rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
      if rest.isEmpty { break }
      let key = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: " ") }
      rest = rest[key.endIndex...]
      guard rest.starts(with: "=\"".utf8) else {
        problems.append("attribute without a quoted value in <\(inside.prefix(80))>")
        break
      }
      let value = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "\"") }
      attributes.append((String(key)!, Self.resolve(String(value)!)))
      rest = rest[value.endIndex...].dropFirst()
    }
    return Tag(name: String(name), attributes: attributes)
  }

  /// As bytes: a combining mark after an entity would hide it from a search by characters.
  private static func resolve(_ text: String) -> String {
    var bytes = Array(text.utf8)
    for (entity, meaning) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{A0}"),
      ("&amp;", "&"),
    ] { bytes = bytes.replacing(Array(entity.utf8), with: Array(meaning.utf8)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  var ids: [String] { tags.compactMap { $0["id"] } }
}

/// Checks all pages of a report: they stand alone, and every link leads somewhere.
/// - Returns: what is wrong, a line each.
func problems(in files: [(name: String, bytes: [UInt8])]) -> [String] {
  var problems: [String] = []
  var pages: [String: HTMLPage] = [:]
  let names = Set(files.map(\.name))
  for file in files where file.name.hasSuffix(".html") {
    let page = HTMLPage(String(decoding: file.bytes, as: UTF8.self))
    problems += page.problems.map { "\(file.name): \($0)" }
    pages[file.name] = page
  }
  for (name, page) in pages.sorted(by: { $0.key < $1.key }) {
    func complain(_ what: String) { problems.append("\(name): \(what)") }
    let ids = page.ids
    if Set(ids).count != ids.count { complain("an id is there twice") }
    if page.tags.count(where: { $0.name == "h1" }) != 1 { complain("not one h1") }
    if page.tags.first(where: { $0.name == "html" })?["lang"] != "en" { complain("no lang") }
    for landmark in ["header", "nav", "main", "footer"]
    where !page.tags.contains(where: { $0.name == landmark }) {
      complain("no \(landmark)")
    }
    for tag in page.tags {
      // One script, and only where it belongs.
      if tag.name == "script", name.hasPrefix("explore-"), tag["src"] == "explore.js" { continue }
      if ["script", "style", "iframe", "object", "embed", "base", "form"].contains(tag.name) {
        complain("<\(tag.name)>")
      }
      if tag.name == "img", (tag["alt"] ?? "").isEmpty { complain("an image without words") }
      if tag.name == "th", tag["scope"] == nil { complain("a th without scope") }
      for (attribute, value) in tag.attributes {
        if attribute == "style" || attribute.hasPrefix("on") { complain("attribute \(attribute)") }
        switch attribute {
        case "href", "src":
          let parts = value.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
          let target = parts[0].isEmpty ? name : String(parts[0])
          if !names.contains(target) { complain("\(attribute) leads nowhere: \(value)") }
          if parts.count == 2, pages[target]?.ids.contains(String(parts[1])) != true {
            complain("no such place: \(value)")
          }
        case "aria-labelledby", "aria-describedby":
          for id in value.split(separator: " ") where !ids.contains(String(id)) {
            complain("\(attribute) names no element: \(id)")
          }
        case "xmlns": break
        default:
          if value.contains("://"), attribute != "alt", attribute != "aria-label" {
            complain("an address in \(attribute)")
          }
        }
      }
    }
  }
  for file in files where file.name.hasSuffix(".js") {
    let script = String(decoding: file.bytes, as: UTF8.self)
    for word in ["innerHTML", "fetch(", "XMLHttpRequest", "import(", "eval(", "://"]
    where script.contains(word) {
      problems.append("\(file.name): \(word)")
    }
    if file.bytes.count > 15_000 { problems.append("\(file.name): more than 15 KB") }
  }
  for file in files where file.name.hasSuffix(".css") {
    let css = String(decoding: file.bytes, as: UTF8.self)
    for word in ["url(", "@import", "@font-face"] where css.contains(word) {
      problems.append("\(file.name): \(word)")
    }
  }
  return problems
}

/// The rows of an RFC 4180 text.
func csvRows(_ bytes: [UInt8]) throws -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var cell: [UInt8] = []
  var isQuoted = false
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch (byte, isQuoted) {
    case (UInt8(ascii: "\""), true) where next == UInt8(ascii: "\""):
      cell.append(byte)
      index += 1
    case (UInt8(ascii: "\""), true): isQuoted = false
    case (UInt8(ascii: "\""), false):
      try #require(cell.isEmpty, "a quote inside an unquoted cell")
      isQuoted = true
    case (UInt8(ascii: ","), false):
      row.append(String(decoding: cell, as: UTF8.self))
      cell = []
    case (UInt8(ascii: "\r"), false):
      try #require(next == UInt8(ascii: "\n"), "a lone CR outside quotes")
      index += 1
      row.append(String(decoding: cell, as: UTF8.self))
      rows.append(row)
      (row, cell) = ([], [])
    default: cell.append(byte)
    }
    index += 1
  }
  try #require(row.isEmpty && cell.isEmpty && !isQuoted, "the last row does not end")
  return rows
}
