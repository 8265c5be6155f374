import TensorCore

/// What to do about tensors that are not as they should be. A hint is followed to the letter, so each looks at what is
/// there first: `labels.argmax(1)` of a column of indices would make every label 0, and pass.
enum TensorHints {
  /// - Parameter shape: not of one axis.
  static func labels(_ shape: [Int], classCount: Int) -> String {
    switch shape.count {
    case 0: return "give one class index a sample: labels.reshape(1)"
    case 2 where shape[1] == 1 || shape[0] == 1:
      return "drop the axis of length 1: labels.reshape(-1)"
    case 2 where shape[1] == classCount:
      return "give class indices, not one-hot rows: labels.argmax(1)"
    default: return "give one class index a sample"
    }
  }

  /// - Parameters:
  ///   - name: of a tensor that a recording does not have.
  ///   - names: of all tensors in the file.
  static func unknown(_ name: String, of names: [String], exitCount: Int) -> String {
    let families = ["logits.", "attention.", "validation.logits."]
    guard let family = families.first(where: { name.hasPrefix($0) }),
      let exit = Int(name.dropFirst(family.count))
    else { return "leave it out: a recording holds nothing else" }
    if exit == 0 || names.contains("\(family)0") {
      return "exits count from 1: add 1 to the number of every tensor"
    }
    return
      "list every exit in \(RecordingLayout.manifest), which has \(exitCount), or leave out the "
      + "tensors of exit \(exit)"
  }

  /// - Parameter tensor: images of another type than U8.
  static func images(
    _ tensor: SafetensorsTensor, in file: SafetensorsReader
  ) throws(SafetensorsFault) -> String {
    let convert = "images.round().byte() in PyTorch, images.round().astype(np.uint8) in NumPy"
    let scale =
      "(images * 255).round().byte() in PyTorch, (images * 255).round().astype(np.uint8) in NumPy"
    guard tensor.type.isFloating else {
      return "convert: images.byte() in PyTorch, images.astype(np.uint8) in NumPy"
    }
    let values = try file.floats(named: tensor.name)
    guard let low = values.min(), let high = values.max(), low >= 0, high <= 255 else {
      return "undo the normalisation, images * std + mean, until values lie in 0…1; then convert: "
        + scale
    }
    return "convert: " + (high > 1 ? convert : scale)
  }
}
