import Foundation
import Testing

/// Folders of one target depend on each other in one direction, as targets do, though no compiler says so.
///
/// Read from the sources: a file depends on the file that declares a type whose name it uses.
@Suite struct FolderArrowsTests {
  /// Targets of which pairs of folders are held: the first may use the second, and not the other way round. Others
  /// still circle (docs/ARCHITECTURE.md); what is mended joins the list.
  private static let arrows: [(target: String, from: String, to: String)] = [
    ("Network", "Blocks", "Layers"), ("Rendering", "Paper", "Plot"),
    ("Rendering", "Charts", "Plot"),
    ("Rendering", "Charts", "Paper"), ("Rendering", "Plot", "Canvas"),
    ("Report", "Pages", "Text"), ("Report", "Data", "Text"),
  ]

  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources").path

  @Test(arguments: arrows.map { "\($0.target): \($0.from) → \($0.to)" })
  func noArrowBack(_ name: String) throws {
    let arrow = try #require(Self.arrows.first { "\($0.target): \($0.from) → \($0.to)" == name })
    let (user, used) = (
      try Self.files(arrow.target, arrow.from), try Self.files(arrow.target, arrow.to)
    )
    try #require(!user.isEmpty && !used.isEmpty, "a folder has moved")
    let above = Set(user.values.flatMap(Self.declared))
    let below = Set(used.values.flatMap(Self.declared))
    #expect(user.values.contains { !Self.words($0).isDisjoint(with: below) }, "no arrow at all")
    for (file, text) in used.sorted(by: { $0.key < $1.key }) {
      let back = Self.words(text).intersection(above).subtracting(below)
      #expect(back.isEmpty, "\(file) names \(back.sorted())")
    }
  }

  /// The Swift files of a folder and those inside it, by name, without comments and texts.
  private static func files(_ target: String, _ folder: String) throws -> [String: String] {
    let root = "\(sources)/\(target)/\(folder)"
    var result: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root)
    where name.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
      result["\(target)/\(folder)/\(name)"] = code(of: text)
    }
    return result
  }

  /// A file's text without comments and string literals; what is interpolated into those stays.
  private static func code(of text: String) -> String {
    var result = ""
    for line in text.replacing(/\/\/.*/, with: "").split(separator: "\n") {
      /// How many parentheses are open inside each interpolation around this place; empty outside of strings.
      var open: [Int] = []
      var isText = false
      var isEscaped = false
      for character in line {
        if isText {
          if isEscaped, character == "(" {
            open.append(0)
            isText = false
          } else if !isEscaped, character == "\"" {
            isText = false
          }
          isEscaped = !isEscaped && character == "\\"
          continue
        }
        switch character {
        case "\"": isText = true
        case "(" where !open.isEmpty: open[open.count - 1] += 1
        case ")" where open.last == 0:
          open.removeLast()
          isText = true
        case ")" where !open.isEmpty: open[open.count - 1] -= 1
        default: break
        }
        result.append(character)
      }
      result.append("\n")
    }
    return result
  }

  /// The types that others can name.
  private static func declared(_ text: String) -> [String] {
    text.matches(
      of:
        /(?m)^(?:(?:public|package|final|indirect|@\w+) )*(?:struct|class|enum|protocol|actor|typealias) (\w+)/
    ).map { String($0.1) }
  }

  private static func words(_ text: String) -> Set<String> {
    // In Unicode's words "NumberFormat.exact" is one.
    Set(
      text.matches(of: /\b[A-Z]\w+\b/.wordBoundaryKind(.simple)).map { String($0.0) })
  }
}
