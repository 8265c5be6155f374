import FileKit
import Foundation
import Testing

/// A folder of a test's own, gone when the test is.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/exitlens-command-\(UUID().uuidString)"
    try Files.makeFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something in the folder.
  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, with the folders above it.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = self(name)
    try Files.makeFolder(String(file[..<file.lastIndex(of: "/")!]))
    try Files.write(bytes, to: file)
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  /// Copies a folder from elsewhere: by links, as runs are large and every writer replaces files whole.
  func copy(_ source: String, as name: String) throws {
    try Files.makeFolder(self(name))
    for file in try FileManager.default.subpathsOfDirectory(atPath: source) {
      let (old, new) = ("\(source)/\(file)", self("\(name)/\(file)"))
      if Files.isFolder(old) {
        try Files.makeFolder(new)
      } else {
        precondition(link(old, new) == 0, "cannot link \(old) to \(new): \(errno)")
      }
    }
  }

  /// Changes a text file: fails where `old` is not in it.
  func replace(_ old: String, with new: String, in name: String) throws {
    let text = String(decoding: try Files.read(self(name)), as: UTF8.self)
    precondition(text.contains(old), "\(name) does not contain \(old)")
    try Files.write(text.replacingOccurrences(of: old, with: new), to: self(name))
  }

  /// Every file below a folder, by relative path.
  func contents(of name: String) throws -> [String: [UInt8]] {
    try contentsOfFolder(self(name))
  }
}

/// Every file below any folder, by relative path.
func contentsOfFolder(_ folder: String) throws -> [String: [UInt8]] {
  var files: [String: [UInt8]] = [:]
  for file in try FileManager.default.subpathsOfDirectory(atPath: folder) {
    let path = "\(folder)/\(file)"
    if let link = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
      files[file] = Array("link to \(link)".utf8)
    } else if !Files.isFolder(path) {
      files[file] = try Files.read(path)
    }
  }
  return files
}

/// The names of files that differ, or are in one only.
func differences(_ first: [String: [UInt8]], _ second: [String: [UInt8]]) -> [String] {
  Set(first.keys).union(second.keys).filter { first[$0] != second[$0] }.sorted()
}

/// Fails with the names of the files that are not the same in both.
func expectSame(
  _ first: [String: [UInt8]], _ second: [String: [UInt8]],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let names = differences(first, second)
  #expect(names == [], sourceLocation: sourceLocation)
}
