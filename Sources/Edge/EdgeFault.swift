import FileKit

/// Why a network did not become a bundle.
package enum EdgeFault: Fault {
  /// A folded weight that half precision cannot hold.
  case tooLarge(tensor: String, value: Float)
  /// A network whose logits overflow.
  case answerNotFinite(exit: Int)
  /// A recording of images of another size.
  case otherImages(recording: String, expected: String, got: String)
  /// A recording with paths instead of images.
  case noImages(recording: String)
  case file(FileFault)

  /// The message; its exit code is 65, or the file's own for `.file`.
  package var diagnosis: Diagnosis {
    switch self {
    case .tooLarge(let tensor, let value):
      Diagnosis(
        .badData, "weight too large for 16 bits", at: tensor, expected: "at most 65504",
        got: "\(value)", hint: "export with --weights float32")
    case .answerNotFinite(let exit):
      Diagnosis(
        .badData, "the network's answers are not numbers", at: "exit \(exit)",
        expected: "finite logits", got: "NaN or infinity",
        hint: "its weights are too large: train again with a lower --learning-rate")
    case .otherImages(let recording, let expected, let got):
      Diagnosis(
        .badData, "images of another size", at: recording, expected: expected, got: got,
        hint: "name a recording of this run")
    case .noImages(let recording):
      Diagnosis(
        .badData, "no images in the recording", at: recording,
        expected: "images as this program records them",
        got: "paths", hint: "leave --recording out to check with noise")
    case .file(let fault): fault.diagnosis
    }
  }
}
