/// Small copies beside their originals, told by both names: `a_thumb.jpg` or `a.thumb.jpg` beside `a.png`.
///
/// They would land in training and in test as two images of one thing.
struct Thumbnails {
  private static let endings = ["_thumb", ".thumb"]

  private let stems: Set<String>

  /// - Parameter files: the names in one folder.
  init(among files: [[UInt8]]) { stems = Set(files.compactMap(Self.stem)) }

  func contains(_ name: [UInt8]) -> Bool {
    guard let stem = Self.stem(name) else { return false }
    return Self.endings.contains {
      stem.hasSuffix($0) && stems.contains(String(stem.dropLast($0.count)))
    }
  }

  /// An image's name without its extension, in lower case; nil for files of other types.
  private static func stem(_ name: [UInt8]) -> String? {
    if case .other = FileType(name) { return nil }
    return BytePath.text(of: Array(name[..<name.lastIndex(of: UInt8(ascii: "."))!])).lowercased()
  }
}
