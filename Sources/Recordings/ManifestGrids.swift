import Foundation

/// The sizes in a description, looked at before it is decoded: a list of three, or a size of 0, would be told in a
/// decoder's words.
enum ManifestGrids {
  static func check(_ members: [String: Any], folder: String) throws(RecordingFault) {
    try check(members["input"], "input", folder)
    for (index, exit) in ((members["exits"] as? [Any]) ?? []).enumerated() {
      guard let exit = exit as? [String: Any] else { continue }
      try check(exit["grid"], "exits[\(index)].grid", folder)
    }
  }

  /// A list of another length or with a number that is no size; what is missing or no list is left to the decoder.
  private static func check(
    _ value: Any?, _ field: String, _ folder: String
  ) throws(RecordingFault) {
    guard let sizes = value as? [Any] else { return }
    let areSizes = sizes.allSatisfy {
      ($0 as? NSNumber).map { $0.doubleValue >= 1 && $0.doubleValue == $0.doubleValue.rounded() }
        ?? false
    }
    guard sizes.count != 2 || !areSizes else { return }
    let got = "[\(sizes.map { "\($0)" }.joined(separator: ", "))]"
    let hint: String? =
      switch (field, sizes.count) {
      case ("input", 3): "leave the channels out: their number stands in channels"
      case (_, 3): "a map has no axis of channels: average them, or record the one that counts"
      default: nil
      }
    throw .wrongField(
      path: folder, field: field, expected: "two whole numbers of at least 1, [height, width]",
      got: got, hint: hint)
  }
}
