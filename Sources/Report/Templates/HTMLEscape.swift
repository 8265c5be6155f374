import Mustache

/// Escapes texts for HTML content and quoted attributes, scalar by scalar.
///
/// The Mustache package's own escaping goes by grapheme: a quote followed by a combining mark is
/// another character to it and would end an attribute.
struct HTMLEscape: MustacheContentType {
  /// The name under which templates ask for it.
  static let contentType = "EXITLENS"

  /// Registers the content type, once.
  static let registered: Void = MustacheContentTypes.register(HTMLEscape(), named: contentType)

  func escapeText(_ text: String) -> String { Self.escape(text) }

  static func escape(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
