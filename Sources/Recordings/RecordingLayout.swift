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

  /// Tensors of `RecordedFaithfulness`.
  enum Faithfulness {
    static let prefix = "faithfulness."
    static let samples = prefix + "samples"
    static let fractions = prefix + "fractions"
    static let roadFractions = prefix + "road-fractions"
    static func deletion(_ exit: Int) -> String { "\(prefix)deletion.\(exit)" }
    static func insertion(_ exit: Int) -> String { "\(prefix)insertion.\(exit)" }
    static func randomDeletion(_ exit: Int) -> String { "\(prefix)random-deletion.\(exit)" }
    static func randomInsertion(_ exit: Int) -> String { "\(prefix)random-insertion.\(exit)" }
    static func roadMost(_ exit: Int) -> String { "\(prefix)road-most.\(exit)" }
    static func roadLeast(_ exit: Int) -> String { "\(prefix)road-least.\(exit)" }
    static func roadMostPredictions(_ exit: Int) -> String {
      "\(prefix)road-most-predictions.\(exit)"
    }
    static func roadLeastPredictions(_ exit: Int) -> String {
      "\(prefix)road-least-predictions.\(exit)"
    }
    static func randomized(_ exit: Int) -> String { "\(prefix)randomized.\(exit)" }
    static func gradCAM(_ exit: Int) -> String { "\(prefix)gradcam.\(exit)" }
  }

  /// Six digits, the same in every locale.
  static func decimal(_ value: Double) -> String { String(format: "%.6g", value) }
}
