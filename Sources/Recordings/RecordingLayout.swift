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

    /// Tensors that every exit has one of.
    enum ByExit: String, CaseIterable {
      case deletion, insertion
      case randomDeletion = "random-deletion"
      case randomInsertion = "random-insertion"
      case roadMost = "road-most"
      case roadLeast = "road-least"
      case roadMostPredictions = "road-most-predictions"
      case roadLeastPredictions = "road-least-predictions"
      case randomized
      case gradCAM = "gradcam"

      /// - Parameter exit: from 1.
      func name(_ exit: Int) -> String { "\(prefix)\(rawValue).\(exit)" }
    }
  }

  /// What a tensor file holds, in a few words.
  static func summary(exitCount: Int) -> String {
    let last = exitCount
    return "labels, images, logits.1 to logits.\(last), attention.1 to attention.\(last), "
      + "validation.labels, validation.logits.1 to validation.logits.\(last) or "
      + "\(Faithfulness.prefix)… only"
  }

  /// Six digits, the same in every locale.
  static func decimal(_ value: Double) -> String { String(format: "%.6g", value) }
}
