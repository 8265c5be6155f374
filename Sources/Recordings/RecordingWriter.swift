import FileKit
import TensorCore

/// Writes recordings.
public enum RecordingWriter {
  /// Checks a recording and writes its two files: into a temporary folder beside `folder`, then renamed.
  ///
  /// Replaces a recording or an empty folder; anything else that is there is kept, and an error. A recording
  /// without images needs paths in its manifest (relative to `folder`).
  public static func write(
    _ recording: Recording, to folder: String
  ) throws(RecordingFault) {
    try recording.validate(at: folder)
    let replacement = try rethrowing { () throws(FileFault) in try FolderReplacement(of: folder) }
    do throws(RecordingFault) {
      try fill(replacement.temporary, with: recording)
      try rethrowing { () throws(FileFault) in try replacement.commit() }
    } catch {
      replacement.discard()
      throw error
    }
  }

  private static func fill(
    _ folder: String, with recording: Recording
  ) throws(RecordingFault) {
    try rethrowing { () throws(FileFault) in
      try Files.write(
        ManifestCoding.encode(recording.manifest), to: "\(folder)/\(RecordingLayout.manifest)")
    }
    do throws(SafetensorsFault) {
      try tensors(of: recording).write(to: "\(folder)/\(RecordingLayout.tensors)")
    } catch {
      throw .safetensors(error)
    }
  }

  private static func rethrowing<Value>(
    _ body: () throws(FileFault) -> Value
  ) throws(RecordingFault) -> Value {
    do throws(FileFault) { return try body() } catch { throw .file(error) }
  }

  private static func tensors(of recording: Recording) -> SafetensorsWriter {
    let manifest = recording.manifest
    let count = recording.sampleCount
    var writer = SafetensorsWriter()
    writer.add(RecordingLayout.labels, recording.labels.map { Int64($0) }, shape: [count])
    for (index, exit) in manifest.exits.enumerated() {
      writer.add(
        RecordingLayout.logits(index + 1), recording.logits[index],
        shape: [count, recording.classCount])
      writer.add(
        RecordingLayout.attention(index + 1), recording.attention[index],
        shape: [count, exit.grid.height, exit.grid.width])
    }
    if let images = recording.images {
      writer.add(
        RecordingLayout.images, images,
        shape: [count, manifest.input.height, manifest.input.width, manifest.channels])
    }
    return writer
  }
}
