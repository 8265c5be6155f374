import FileKit
import TensorCore

/// Writes recordings.
public enum RecordingWriter {
  /// Checks a recording and writes its two files: into a temporary folder beside `folder`, then renamed.
  ///
  /// Replaces an empty folder, or a recording that is as it was written; anything else is kept, and an error. A
  /// recording without images needs paths in its manifest (relative to `folder`).
  /// - Parameter force: whether anything else is moved aside instead.
  /// - Returns: where that is now.
  @discardableResult public static func write(
    _ recording: Recording, to folder: String, force: Bool = false
  ) throws(RecordingFault) -> MovedAside? {
    try recording.validate(at: folder)
    let content = try tensors(of: recording).encoded()
    return try wrapping(RecordingFault.file) { () throws(FileFault) in
      var files = try AtomicFolder(at: folder, kind: kind, force: force)
      try files.write(ManifestCoding.encode(recording.manifest), to: RecordingLayout.manifest)
      try files.write(content, to: RecordingLayout.tensors)
      return try files.commit()
    }
  }

  /// Refuses a place where no recording can be written; leaves it as it is.
  public static func check(_ folder: String, force: Bool = false) throws(RecordingFault) {
    try wrapping(RecordingFault.file) { () throws(FileFault) in
      try AtomicFolder.probe(folder, kind: kind, force: force)
    }
  }

  private static let kind = AtomicFolder.Kind(
    name: "a recording", markers: [RecordingLayout.manifest, RecordingLayout.tensors])

  private static func tensors(
    of recording: Recording
  ) throws(RecordingFault) -> SafetensorsWriter {
    let manifest = recording.manifest
    let count = recording.sampleCount
    var writer = SafetensorsWriter()
    writer.add(RecordingLayout.labels, recording.labels.map { Int64($0) }, shape: [count])
    for (index, exit) in manifest.exits.enumerated() {
      writer.add(
        RecordingLayout.logits(index + 1), recording.logits[index],
        shape: [count, recording.classCount])
      writer.add(
        RecordingLayout.attention(index + 1), try recording.attention[index].elements(),
        shape: [count, exit.grid.height, exit.grid.width])
    }
    if let validation = recording.validation {
      writer.add(
        RecordingLayout.validationLabels, validation.labels.map { Int64($0) },
        shape: [validation.count])
      for (index, logits) in validation.logits.enumerated() {
        writer.add(
          RecordingLayout.validationLogits(index + 1), logits,
          shape: [validation.count, recording.classCount])
      }
    }
    recording.faithfulness?.add(to: &writer, manifest: manifest)
    if let images = recording.images {
      writer.add(
        RecordingLayout.images, try images.elements(),
        shape: [count, manifest.input.height, manifest.input.width, manifest.channels])
    }
    return writer
  }
}
