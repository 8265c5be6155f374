import Foundation

/// The names inside a recording's folder and its tensor file.
enum RecordingLayout {
  static let manifest = "recording.json"
  static let tensors = "recording.safetensors"

  static let labels = "labels"
  static let images = "images"

  /// - Parameter exit: from 1.
  static func logits(_ exit: Int) -> String { "logits.\(exit)" }
  /// - Parameter exit: from 1.
  static func attention(_ exit: Int) -> String { "attention.\(exit)" }

  /// The same network's answers on the validation part; no maps, no images.
  static let validationLabels = "validation.labels"
  /// - Parameter exit: from 1.
  static func validationLogits(_ exit: Int) -> String { "validation.logits.\(exit)" }

  /// Six digits, the same in every locale.
  static func decimal(_ value: Double) -> String { String(format: "%.6g", value) }
}
