import FileKit
import TensorCore

/// Reads recordings, ours and other frameworks'.
public enum RecordingReader {
  /// Reads a recording and checks all of it: `Recording.validate(at:)`, no tensor unknown or missing,
  /// every shape right, every image file there.
  ///
  /// Attention maps and images stay in the file, which stays open as long as the recording or a copy of it lives;
  /// see `SampleTensor`. Logits and attention may be F16, BF16, F32 or F64; labels may be of any integer type.
  public static func read(_ folder: String) throws(RecordingFault) -> Recording {
    guard Files.exists(folder) else { throw .file(.missing(path: folder)) }
    guard Files.exists("\(folder)/\(RecordingLayout.manifest)"),
      Files.exists("\(folder)/\(RecordingLayout.tensors)")
    else { throw .notARecording(path: folder) }

    let manifest = try manifest(of: folder)
    let recording = try RecordingTensors(folder: folder, manifest: manifest).recording()
    try recording.validate(at: folder)
    for sample in 0..<(manifest.paths?.count ?? 0) {
      let image = manifest.paths![sample]
      guard let path = recording.imagePath(of: sample), Files.exists(path) else {
        throw .missingImage(path: folder, sample: sample, image: image)
      }
      // A pipe would be waited for, and a device never ends.
      guard Files.isPlainFile(path) else {
        throw .notAnImageFile(path: folder, sample: sample, image: image)
      }
    }
    return recording
  }

  /// Reads only what a recording says about itself.
  public static func manifest(of folder: String) throws(RecordingFault) -> RecordingManifest {
    let bytes: [UInt8]
    bytes = try wrapping(RecordingFault.file) { () throws(FileFault) in
      try Files.read("\(folder)/\(RecordingLayout.manifest)")
    }
    let manifest = try ManifestCoding.decode(bytes, folder: folder)
    do throws(ValueProblem) { try manifest.validateRanges() } catch {
      throw .wrongField(
        path: folder, field: error.key, expected: error.expected, got: error.got)
    }
    return manifest
  }
}
