import FileKit
import TensorCore

/// What can be wrong with a recording. `path` is the recording's folder.
public enum RecordingFault: Fault {
  case file(FileFault)
  case safetensors(SafetensorsFault)
  case notARecording(path: String)
  case otherVersion(path: String, got: ManifestVersion)
  case malformedManifest(path: String, field: String, reason: String)
  case unknownKey(path: String, key: String, known: [String])
  case wrongField(path: String, field: String, expected: String, got: String, hint: String? = nil)
  case unknownTensor(path: String, name: String, exitCount: Int, hint: String)
  case wrongTensor(path: String, name: String, expected: String, got: String, hint: String? = nil)
  case labelOutOfRange(path: String, tensor: String, sample: Int, label: Int64, classCount: Int)
  case nonFiniteLogit(path: String, tensor: String, sample: Int, value: Float)
  case mapSumIsNotOne(path: String, exit: Int, sample: Int, sum: Double)
  case mapOutsideUnitRange(path: String, exit: Int, sample: Int, value: Float)
  case noImages(path: String)
  case imagesAndPaths(path: String)
  case missingImage(path: String, sample: Int, image: String)
  /// A folder, a pipe or a device where an image file is needed.
  case notAnImageFile(path: String, sample: Int, image: String)

  /// The fault as a line for the user.
  public var diagnosis: Diagnosis {
    let contiguous =
      "write contiguous arrays: tensor.contiguous() in PyTorch, np.ascontiguousarray(array) in NumPy"
    switch self {
    case .file(let fault): return fault.diagnosis
    case .safetensors(let fault): return fault.diagnosis
    case .notARecording(let path):
      return Diagnosis(
        .badData, "not a recording", at: path,
        expected: "a folder with \(RecordingLayout.manifest) and \(RecordingLayout.tensors)",
        hint: "make one with exitlens record")
    case .otherVersion(let path, let got):
      return Diagnosis(
        .badData, "recording of another format version",
        at: "\(path)/\(RecordingLayout.manifest)",
        expected: "formatVersion \(RecordingManifest.currentFormatVersion)", got: got.words,
        hint: got.hint)
    case .malformedManifest(let path, let field, let reason):
      return Diagnosis(
        .badData, "cannot understand a recording's description",
        at: "\(path)/\(RecordingLayout.manifest)" + (field.isEmpty ? "" : ", \(field)"),
        got: reason)
    case .unknownKey(let path, let key, let known):
      return Diagnosis(
        .badData, "unknown key in a recording's description",
        at: "\(path)/\(RecordingLayout.manifest)",
        expected: "only \(known.joined(separator: ", "))", got: key,
        hint:
          "leave it out, or correct its spelling; what a reader should know of the training goes "
          + "into provenance.settings")
    case .wrongField(let path, let field, let expected, let got, let hint):
      return Diagnosis(
        .badData, "wrong value in a recording's description",
        at: "\(path)/\(RecordingLayout.manifest), \(field)", expected: expected, got: got,
        hint: hint)
    case .unknownTensor(let path, let name, let exitCount, let hint):
      return Diagnosis(
        .badData, "unknown tensor in a recording", at: "\(path)/\(RecordingLayout.tensors)",
        expected: RecordingLayout.summary(exitCount: exitCount), got: name, hint: hint)
    case .wrongTensor(let path, let name, let expected, let got, let hint):
      return Diagnosis(
        .badData, "wrong tensor in a recording",
        at: "\(path)/\(RecordingLayout.tensors), tensor \(name)", expected: expected, got: got,
        hint: hint)
    case .labelOutOfRange(let path, let tensor, let sample, let label, let classCount):
      return Diagnosis(
        .badData, "label without a class",
        at: "\(path)/\(RecordingLayout.tensors), tensor \(tensor), sample \(sample)",
        expected: "0 to \(classCount - 1)", got: "\(label)",
        hint: "labels count from 0 and index classNames")
    case .nonFiniteLogit(let path, let tensor, let sample, let value):
      return Diagnosis(
        .badData, "logit that is not a number",
        at: "\(path)/\(RecordingLayout.tensors), tensor \(tensor), sample \(sample)",
        expected: "a finite number", got: "\(value)",
        hint:
          "the network has diverged or overflowed; lower the learning rate, or record in float32")
    case .mapSumIsNotOne(let path, let exit, let sample, let sum):
      return Diagnosis(
        .badData, "softmax attention map that does not sum to 1",
        at: "\(path)/\(RecordingLayout.tensors), tensor attention.\(exit), sample \(sample)",
        expected: "1", got: RecordingLayout.decimal(sum),
        hint: "\(contiguous); for maps that are not a softmax, leave attentionKind out")
    case .mapOutsideUnitRange(let path, let exit, let sample, let value):
      return Diagnosis(
        .badData, "sigmoid attention value outside 0 to 1",
        at: "\(path)/\(RecordingLayout.tensors), tensor attention.\(exit), sample \(sample)",
        expected: "0 to 1", got: "\(value)",
        hint: "record the map after the sigmoid, or leave attentionKind out")
    case .noImages(let path):
      return Diagnosis(
        .badData, "recording without images", at: path,
        expected: "tensor images [N, height, width, channels] of U8, or paths in "
          + RecordingLayout.manifest,
        hint: "add one of them, so that the report has pictures to draw on")
    case .imagesAndPaths(let path):
      return Diagnosis(
        .badData, "recording with images and paths", at: path, expected: "one of them",
        hint: "leave paths out; identifiers may say where images came from")
    case .missingImage(let path, let sample, let image):
      return Diagnosis(
        .noInput, "no such image", at: "\(path)/\(RecordingLayout.manifest), paths[\(sample)]",
        got: image, hint: "paths are relative to the recording's folder")
    case .notAnImageFile(let path, let sample, let image):
      return Diagnosis(
        .badData, "not an image file", at: "\(path)/\(RecordingLayout.manifest), paths[\(sample)]",
        expected: "a plain file", got: image)
    }
  }
}
