/// The names and SHA-256 digests of the files that ExitLens wrote into a folder: what it may replace there later.
///
/// On disk it has `sha256sum`'s format, a line a file, sorted by name, so that others can check it too. A file that
/// is being replaced stands in it twice, with its old and its new digest, until the next list is written: then
/// whichever of the two a killed process leaves is ours.
package struct FileList: Equatable, Sendable {
  /// The list of a folder that is replaced whole.
  package static let name = "MANIFEST.sha256"

  /// Hexadecimal digests, by the path relative to the folder.
  package private(set) var digests: [String: Set<String>] = [:]

  /// The list of no files: every file counts as foreign.
  package init() {}

  /// One digest a file.
  package init(_ digests: [String: String]) {
    self.digests = digests.mapValues { [$0] }
  }

  /// What `text` made; nil for anything else, even one space more: then somebody has edited it.
  package init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    for line in text.split(separator: "\n") {
      let parts = Array(line.utf8)
      guard parts.count > 66, parts[..<64].allSatisfy(Self.isDigit), parts[64] == 0x20,
        parts[65] == 0x20
      else { return nil }
      digests[String(decoding: parts[66...], as: UTF8.self), default: []]
        .insert(String(decoding: parts[..<64], as: UTF8.self))
    }
    guard Array(self.text.utf8) == bytes else { return nil }
  }

  /// In the format of `sha256sum`, sorted by name, then by digest.
  package var text: String {
    names.flatMap { name in digests[name]!.sorted().map { "\($0)  \(name)\n" } }.joined()
  }

  /// Sorted by their bytes.
  package var names: [String] {
    digests.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The folders that hold the files, relative; those inside others come first.
  var folders: [String] {
    var result: Set<String> = []
    for name in digests.keys {
      var folder = Files.parent(of: name)
      while !folder.isEmpty, result.insert(folder).inserted { folder = Files.parent(of: folder) }
    }
    return result.sorted {
      $0.utf8.count == $1.utf8.count ? $0 < $1 : $0.utf8.count > $1.utf8.count
    }
  }

  /// Whether a file with these bytes was written under that name.
  func proves(_ name: String, digest: String) -> Bool { digests[name]?.contains(digest) ?? false }

  /// The list without the names that do not qualify.
  func filter(_ isKept: (String) -> Bool) -> FileList {
    var list = self
    list.digests = digests.filter { isKept($0.key) }
    return list
  }

  mutating func set(_ name: String, to digests: Set<String>) {
    self.digests[name] = digests.isEmpty ? nil : digests
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
