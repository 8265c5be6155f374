import FileKit
import Foundation

/// Strings from outside (class, file and data names, settings) as a page shows them.
///
/// Control, formatting and private characters become visible escapes, long texts are cut; the CSV
/// files keep every text whole. Escaping for HTML happens later, in the template engine.
enum DisplayText {
  /// A name of at most `limit` characters (Unicode scalars).
  static func name(_ text: String, limit: Int = 80) -> String {
    let shown = visible(text)
    if shown.allSatisfy(\.isWhitespace) { return "(empty name)" }
    return cut(shown, limit)
  }

  /// A longer text, such as a command line.
  static func text(_ text: String, limit: Int = 2000) -> String {
    cut(visible(text), limit)
  }

  /// "a", "a and b", "a, b and c".
  static func list(_ items: [String]) -> String {
    guard items.count > 1 else { return items.first ?? "" }
    // Commas inside of names would make more of them.
    let comma = items.contains { $0.contains(",") } ? "; " : ", "
    return items.dropLast().joined(separator: comma) + " and " + items[items.count - 1]
  }

  private static func cut(_ text: String, _ limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    var result = ""
    var used = 0
    for character in text {
      let size = character.unicodeScalars.count
      if used + size > limit { break }
      result.append(character)
      used += size
    }
    // One character may carry thousands of combining marks.
    if result.isEmpty {
      result.unicodeScalars.append(contentsOf: text.unicodeScalars.prefix(limit))
    }
    return result + "…"
  }

  /// Combining marks in a row on one character.
  private static let maximumMarks = 4

  /// Composed form (NFC), with everything that cannot be seen written as `\u{…}`.
  private static func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previousIsEmoji = false
    var marks = 0
    for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
      // More marks than any script stacks would paint over the lines around.
      let isMark = [.nonspacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
      marks = isMark ? marks + 1 : 0
      if marks > maximumMarks {
        if marks == maximumMarks + 1 { result.append("…") }
        continue
      }
      let isJoiner = scalar.value == 0x200D && previousIsEmoji
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
        .surrogate:
        if isJoiner {
          result.append(scalar)
        } else {
          result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
        }
      default: result.append(scalar)
      }
      // A variation selector or skin tone may stand between an emoji and its joiner.
      previousIsEmoji =
        scalar.properties.isEmoji || scalar.properties.isEmojiModifier
        || (previousIsEmoji && scalar.properties.isVariationSelector)
    }
    // A combining mark at the start would join the character before the text.
    if let first = result.first, first.properties.canonicalCombiningClass != .notReordered {
      result.insert("\u{25CC}", at: result.startIndex)
    }
    return String(result)
  }
}
