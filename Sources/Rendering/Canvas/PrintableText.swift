/// Text as a picture may show it.
enum PrintableText {
  /// The same text with U+FFFD for control characters, line breaks, bidirectional controls and noncharacters: none of
  /// them may end a C string, break XML or turn the reading order around.
  static func clean(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(isPrintable(scalar) ? scalar : "\u{FFFD}")
    }
    return String(result)
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    default: !scalar.properties.isBidiControl && !scalar.properties.isNoncharacterCodePoint
    }
  }

  /// Cleaned and escaped for XML and HTML, text and quoted attribute values alike.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in clean(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
