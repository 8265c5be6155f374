import FileKit

/// Why bytes did not become an image.
package enum ImageCodecFault: Fault, Equatable {
  /// The bytes start like no image format; `start` holds the first few, empty for an empty file.
  case notAnImage(name: String, start: [UInt8])
  /// A format, or a variety of one, that is recognised and not read.
  case unsupported(name: String, what: String)
  /// A PNG or JPEG file that is cut short or whose content contradicts itself.
  case damaged(name: String, reason: String)
  /// A header that announces more pixels than `limit`.
  case tooLarge(name: String, width: Int, height: Int, limit: Int)

  /// The message, with the image's name as its place; its exit code is 65.
  package var diagnosis: Diagnosis {
    switch self {
    case .notAnImage(let name, let start):
      Diagnosis(
        .badData, "not an image", at: name, expected: "PNG or JPEG",
        got: Self.describe(start: start))
    case .unsupported(let name, let what):
      Diagnosis(
        .badData, "unsupported image", at: name, expected: "PNG or 8-bit JPEG", got: what,
        hint: "convert it to PNG")
    case .damaged(let name, let reason):
      Diagnosis(.badData, "damaged image", at: name, got: reason)
    case .tooLarge(let name, let width, let height, let limit):
      Diagnosis(
        .badData, "image too large", at: name, expected: "at most \(limit) pixels",
        got: "\(width)×\(height)")
    }
  }

  /// The same without the image's name, for lists that name the image beside it.
  package var reason: String {
    let diagnosis = diagnosis
    guard let got = diagnosis.got else { return diagnosis.what }
    return "\(diagnosis.what): \(got)".singleLine
  }

  private static func describe(start: [UInt8]) -> String {
    if start.isEmpty { return "an empty file" }
    let text = start.prefix(4).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0\(digits)" : digits
    }
    return "a file that starts with the bytes \(text.joined(separator: " "))"
  }
}
