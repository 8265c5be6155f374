import Foundation
import Testing

/// Folders of one target depend on each other in one direction, as targets do, though no compiler says so.
///
/// Read from the sources: a file depends on the file that declares a type whose name it uses.
@Suite struct FolderArrowsTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources").path

  /// Those with a Swift file in a folder.
  private static var targets: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: sources)) ?? []
    return names.filter { !((try? folders($0)) ?? [:]).isEmpty }.sorted()
  }

  @Test(arguments: targets) func foldersPointOneWay(_ target: String) throws {
    let folders = try Self.folders(target)
    let owners = Self.owners(folders)
    var arrows: [String: Set<String>] = [:]
    for (folder, texts) in folders {
      let words = texts.reduce(into: Set<String>()) { $0.formUnion(Self.words($1)) }
      for word in words {
        // A name that two folders declare says nothing.
        if let owner = owners[word], owner.count == 1, let other = owner.first, other != folder {
          arrows[folder, default: []].insert(other)
        }
      }
    }
    let circle = Self.circle(in: arrows)
    #expect(circle == nil, "\(target): \(circle!.joined(separator: " → "))")
  }

  /// The reader itself: it sees an arrow, and a circle.
  @Test func seesCircles() {
    let folders = ["A": ["struct One {}"], "B": ["struct Two { var one: One }"]]
    #expect(Self.owners(folders)["One"] == ["A"])
    #expect(Self.words(Self.code(of: "\"One\\(Two.three)\"")) == ["Two"])
    let long = "\"\"\"\n  One \\(Two.three(Four)) Five\n  \"\"\"\nSix"
    #expect(Self.words(Self.code(of: long)) == ["Two", "Four", "Six"])
    #expect(Self.circle(in: ["A": ["B"], "B": ["C"], "C": ["A"]]) != nil)
    #expect(Self.circle(in: ["A": ["B", "C"], "B": ["C"]]) == nil)
  }

  /// The folders that declare each type.
  private static func owners(_ folders: [String: [String]]) -> [String: Set<String>] {
    var owners: [String: Set<String>] = [:]
    for (folder, texts) in folders {
      for name in texts.flatMap(declared) { owners[name, default: []].insert(folder) }
    }
    return owners
  }

  /// Folders that lead back to themselves; nil where none do.
  private static func circle(in arrows: [String: Set<String>]) -> [String]? {
    var done: Set<String> = []
    func walk(_ folder: String, _ path: [String]) -> [String]? {
      if let start = path.firstIndex(of: folder) { return path[start...] + [folder] }
      guard !done.contains(folder) else { return nil }
      for next in (arrows[folder] ?? []).sorted() {
        if let found = walk(next, path + [folder]) { return found }
      }
      done.insert(folder)
      return nil
    }
    for folder in arrows.keys.sorted() {
      if let found = walk(folder, []) { return found }
    }
    return nil
  }

  /// The Swift files of a target by folder ("" is its root), without comments and texts.
  private static func folders(_ target: String) throws -> [String: [String]] {
    let root = "\(sources)/\(target)"
    var result: [String: [String]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root)
    where name.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
      let folder = name.split(separator: "/").dropLast().joined(separator: "/")
      result[folder, default: []].append(code(of: text))
    }
    return result
  }

  /// A file's text without comments and string literals; what is interpolated into those stays.
  private static func code(of text: String) -> String {
    var result = ""
    // Of texts over several lines what is interpolated stays too.
    let short = text.replacing(/"""\n[\s\S]*?"""/) { block in
      block.output.matches(of: /\\\((?:[^()]|\([^()]*\))*\)/).map { $0.output.dropFirst() }
        .joined(separator: " ")
    }
    for line in short.replacing(/\/\/.*/, with: "").split(separator: "\n") {
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
