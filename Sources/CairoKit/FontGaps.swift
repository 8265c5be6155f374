import CCairo

/// Characters that a font lacks, and what is drawn in their place: another font, which has to be named, or boxes.
package struct FontGaps: Sendable, Equatable {
  /// Another font, and the characters it is drawn for.
  package struct Substitute: Sendable, Equatable {
    /// The family, "Noto Sans CJK JP".
    package var name: String
    /// The font file that fontconfig names.
    package var path: String
    /// Which face of the file.
    var face: Int
    /// Each once.
    package var characters: String
  }

  /// Few fonts rather than the best for each character, ordered by their lowest code point.
  package private(set) var substitutes: [Substitute] = []
  /// Characters that no font here can draw rightly, each once: none has them, or they are written from right to left or
  /// joined up, which needs more than glyphs beside each other.
  package private(set) var undrawable = ""

  init() {}

  init(of text: String, in path: String) {
    let scalars = Array(Set(text.unicodeScalars)).sorted { $0.value < $1.value }
      .filter { $0.value > 0x7E && !Self.isInvisible($0) }
    let lacking = Self.lacking(scalars, path, face: 0)
    for scalar in scalars {
      if Self.needsShaping(scalar) {
        undrawable.unicodeScalars.append(scalar)
      } else if lacking.contains(scalar) {
        take(scalar)
      }
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    for index in substitutes.indices
    where Self.lacking([scalar], substitutes[index].path, face: substitutes[index].face).isEmpty {
      substitutes[index].characters.unicodeScalars.append(scalar)
      return
    }
    guard let found = Self.find(scalar) else { return undrawable.unicodeScalars.append(scalar) }
    substitutes.append(found)
  }

  /// All of them where the file cannot be read.
  private static func lacking(
    _ scalars: [Unicode.Scalar], _ path: String, face: Int
  ) -> Set<Unicode.Scalar> {
    var missing = [Bool](repeating: true, count: scalars.count)
    _ = exl_font_missing(path, face, scalars.map(\.value), scalars.count, &missing)
    return Set(zip(scalars, missing).filter { $0.1 }.map { $0.0 })
  }

  private static func find(_ scalar: Unicode.Scalar) -> Substitute? {
    var path = [CChar](repeating: 0, count: 4096)
    var name = [CChar](repeating: 0, count: 256)
    var face = 0
    guard
      exl_font_find(scalar.value, &path, path.count, &face, &name, name.count) == 0
    else { return nil }
    func text(_ bytes: [CChar]) -> String {
      String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    let found = Substitute(
      name: text(name), path: text(path), face: face, characters: String(scalar))
    // fontconfig's list may be older than the file.
    return lacking([scalar], found.path, face: face).isEmpty ? found : nil
  }

  /// Joiners and variation selectors, which have no glyph of their own, and what is cleaned away before it is drawn.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
    default: scalar.properties.isVariationSelector
    }
  }

  /// Scripts from Hebrew to the Arabic ones, those of India and their neighbours, and Arabic's presentation forms.
  private static func needsShaping(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x0DFF, 0x0F00...0x109F, 0x1780...0x18AF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE,
      0x10800...0x10FFF, 0x1E800...0x1EFFF:
      true
    default: false
    }
  }

  /// A sentence for each other font, and one for what no font can draw; empty where there are no gaps.
  package var notes: [String] {
    func shown(_ characters: String) -> String {
      let few = characters.unicodeScalars.prefix(Self.mostShown).map { String($0) }.joined(
        separator: " ")
      return "“\(few)\(characters.unicodeScalars.count > Self.mostShown ? " …" : "")”"
    }
    return substitutes.map { "\(shown($0.characters)) drawn with \($0.name) (\($0.path))" }
      + (undrawable.isEmpty
        ? []
        : [
          "warning: \(shown(undrawable)) cannot be drawn in figures, as no font here has them or their script is joined up "
            + "or runs from right to left; install a font, give --font, or name these classes in other letters"
        ])
  }

  private static let mostShown = 20
}
