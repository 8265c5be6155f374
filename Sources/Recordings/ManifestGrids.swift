import Foundation

/// The sizes in a description, looked at before it is decoded: a list of three would be told in a decoder's words.
enum ManifestGrids {
  static func check(_ members: [String: Any], folder: String) throws(RecordingFault) {
    try check(members["input"], "input", folder)
    for (index, exit) in ((members["exits"] as? [Any]) ?? []).enumerated() {
      guard let exit = exit as? [String: Any] else { continue }
      try check(exit["grid"], "exits[\(index)].grid", folder)
    }
  }

  /// A list of another length; what is missing or of another type is left to the decoder.
  private static func check(
    _ value: Any?, _ field: String, _ folder: String
  ) throws(RecordingFault) {
    guard let sizes = value as? [Any], sizes.count != 2 else { return }
    let got = "[\(sizes.map { "\($0)" }.joined(separator: ", "))]"
    let hint: String? =
      switch (field, sizes.count) {
      case ("input", 3): "leave the channels out: their number stands in channels"
      case (_, 3): "a map has no axis of channels: average them, or record the one that counts"
      default: nil
      }
    throw .wrongField(
      path: folder, field: field, expected: "two numbers, [height, width]", got: got, hint: hint)
  }
}
