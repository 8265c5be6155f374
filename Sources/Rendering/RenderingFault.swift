import FileKit
import Recordings
import TensorCore

/// What can be wrong with the data that a picture is drawn from.
package enum RenderingFault: Fault {
  /// Maps or images could not be read.
  case recording(RecordingFault)
  case inputSizesDiffer([GridSize])
  case noSuchSample(Int, counts: [Int])
  case imageMissing(sample: Int)
  /// Inches.
  case noSuchHeight(figure: String, width: Double, height: Double, least: Double, most: Double)
  case imageSizeDiffers(sample: Int, expected: GridSize, got: GridSize)

  /// Usage for a height that does not fit, a recording's own for its fault, else bad data.
  package var diagnosis: Diagnosis {
    switch self {
    case .recording(let fault): fault.diagnosis
    case .inputSizesDiffer(let sizes):
      Diagnosis(
        .badData, "cannot draw models in one sheet", at: "input",
        expected: "one input size", got: sizes.map(\.description).joined(separator: " and "),
        hint: "draw one sheet a model")
    case .noSuchSample(let sample, let counts):
      Diagnosis(
        .badData, "no such sample", at: "sample \(sample)",
        expected: "an index below the count of every model",
        got: "counts \(counts.map(String.init).joined(separator: " and "))")
    case .imageMissing(let sample):
      Diagnosis(
        .badData, "no image to draw on", at: "sample \(sample)",
        expected: "images in the recording, or one handed over")
    case .noSuchHeight(let figure, let width, let height, let least, let most):
      Diagnosis(
        .usage, "figure does not fit", at: figure,
        expected: "\(Self.inches(least)) to \(Self.inches(most)) in high at a width of "
          + "\(Self.inches(width)) in", got: "\(Self.inches(height)) in")
    case .imageSizeDiffers(let sample, let expected, let got):
      Diagnosis(
        .badData, "image of another size", at: "sample \(sample)", expected: expected.description,
        got: got.description, hint: "resize it to the network's input first")
    }
  }

  private static func inches(_ value: Double) -> String { NumberText.fixed(value, decimals: 2) }
}
