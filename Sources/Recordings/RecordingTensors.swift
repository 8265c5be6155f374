import FileKit
import TensorCore

/// The tensors of a recording's file, checked against its manifest.
struct RecordingTensors {
  private let folder: String
  private let manifest: RecordingManifest
  private let file: SafetensorsReader

  init(folder: String, manifest: RecordingManifest) throws(RecordingFault) {
    self.folder = folder
    self.manifest = manifest
    file = try wrapping(RecordingFault.safetensors) { () throws(SafetensorsFault) in
      try SafetensorsReader(path: "\(folder)/\(RecordingLayout.tensors)")
    }
  }

  /// Every tensor that the manifest promises, and no other.
  func recording() throws(RecordingFault) -> Recording {
    let exits = 1...max(manifest.exits.count, 1)
    let expected =
      [RecordingLayout.labels] + exits.map(RecordingLayout.logits)
      + exits.map(RecordingLayout.attention) + [RecordingLayout.images]
      + [RecordingLayout.validationLabels] + exits.map(RecordingLayout.validationLogits)
      + FaithfulnessTensors.names(exitCount: manifest.exits.count)
    if let name = file.names.first(where: { !expected.contains($0) }) {
      throw .unknownTensor(
        path: folder, name: name, exitCount: manifest.exits.count,
        hint: TensorHints.unknown(name, of: file.names, exitCount: manifest.exits.count))
    }

    let labels = try labels(RecordingLayout.labels)
    let count = labels.count
    var logits: [[Float]] = []
    var attention: [MapTensor] = []
    for (index, exit) in manifest.exits.enumerated() {
      logits.append(
        try floats(RecordingLayout.logits(index + 1), shape: [count, manifest.classNames.count]))
      attention.append(
        try maps(
          RecordingLayout.attention(index + 1), shape: [count, exit.grid.height, exit.grid.width]))
    }
    var recording = Recording(
      manifest: manifest, labels: labels, logits: logits, tensors: attention,
      images: try images(count: count), validation: try validation(), folder: folder)
    recording.faithfulness =
      try FaithfulnessTensors(folder: folder, manifest: manifest, file: file).read()
    return recording
  }

  /// nil where the file has none of its tensors; all of them are needed where it has one.
  private func validation() throws(RecordingFault) -> Recording.Answers? {
    let exits = manifest.exits.indices.map { RecordingLayout.validationLogits($0 + 1) }
    let names = [RecordingLayout.validationLabels] + exits
    guard names.contains(where: { file.tensors[$0] != nil }) else { return nil }
    let labels = try labels(RecordingLayout.validationLabels)
    var logits: [[Float]] = []
    for name in exits {
      logits.append(try floats(name, shape: [labels.count, manifest.classNames.count]))
    }
    return Recording.Answers(labels: labels, logits: logits)
  }

  private func labels(_ name: String) throws(RecordingFault) -> [Int] {
    let tensor = try read { () throws(SafetensorsFault) in try file.tensor(named: name) }
    guard tensor.shape.count == 1 else {
      throw .wrongTensor(
        path: folder, name: name, expected: "one axis, [N]", got: "\(tensor.shape)",
        hint: try read { () throws(SafetensorsFault) in
          try TensorHints.labelAxes(tensor, classCount: manifest.classNames.count, in: file)
        })
    }
    guard !tensor.type.isFloating else {
      throw .wrongTensor(
        path: folder, name: name, expected: "an integer type", got: tensor.type.rawValue,
        hint: try read { () throws(SafetensorsFault) in
          try TensorHints.floatLabels(tensor, in: file)
        })
    }
    let values = try read { () throws(SafetensorsFault) in try file.int64s(named: name) }
    return values.map { Int($0) }
  }

  private func floats(_ name: String, shape: [Int]) throws(RecordingFault) -> [Float] {
    _ = try floatTensor(name, shape: shape)
    return try read { () throws(SafetensorsFault) in try file.floats(named: name) }
  }

  private func maps(_ name: String, shape: [Int]) throws(RecordingFault) -> MapTensor {
    MapTensor(try floatTensor(name, shape: shape), in: file)
  }

  private func floatTensor(
    _ name: String, shape: [Int]
  ) throws(RecordingFault) -> SafetensorsTensor {
    let tensor = try read { () throws(SafetensorsFault) in try file.tensor(named: name) }
    if tensor.shape != shape {
      let squeezed = shape.count == 3 && tensor.shape == [shape[0], 1, shape[1], shape[2]]
      throw .wrongTensor(
        path: folder, name: name, expected: "\(shape)", got: "\(tensor.shape)",
        hint: squeezed ? "drop the channel axis: attention.squeeze(1).contiguous()" : nil)
    }
    guard tensor.type.isFloating else {
      throw .wrongTensor(
        path: folder, name: name, expected: "F16, BF16, F32 or F64", got: tensor.type.rawValue,
        hint: "convert: .float() in PyTorch, .astype(np.float32) in NumPy")
    }
    return tensor
  }

  private func images(count: Int) throws(RecordingFault) -> ImageTensor? {
    let name = RecordingLayout.images
    guard let tensor = file.tensors[name] else { return nil }
    let shape = [count, manifest.input.height, manifest.input.width, manifest.channels]
    if tensor.shape != shape {
      let channelsFirst = [shape[0], shape[3], shape[1], shape[2]]
      throw .wrongTensor(
        path: folder, name: name, expected: "\(shape)", got: "\(tensor.shape)",
        hint: tensor.shape == channelsFirst
          ? "channels come last: images.permute(0, 2, 3, 1).contiguous()"
          : shape[3] == 1 && tensor.shape == Array(shape.dropLast())
            ? "add the axis of channels: images.unsqueeze(-1) in PyTorch, images[..., None] in NumPy"
            : nil)
    }
    guard tensor.type == .uint8 else {
      throw .wrongTensor(
        path: folder, name: name, expected: "U8, 0 to 255", got: tensor.type.rawValue,
        hint: try read { () throws(SafetensorsFault) in
          try TensorHints.images(tensor, in: file)
        })
    }
    return ImageTensor(tensor, in: file)
  }

  private func read<Value>(
    _ body: () throws(SafetensorsFault) -> Value
  ) throws(RecordingFault) -> Value {
    return try wrapping(RecordingFault.safetensors) { () throws(SafetensorsFault) in try body() }
  }
}
