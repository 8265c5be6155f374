import TensorCore

/// What to do about tensors that are not as they should be. A hint is followed to the letter, so each looks at what is
/// there first: `labels.argmax(1)` of a column of indices would make every label 0, and pass.
enum TensorHints {
  /// - Parameter tensor: labels, not of one axis.
  static func labelAxes(
    _ tensor: SafetensorsTensor, classCount: Int, in file: SafetensorsReader
  ) throws(SafetensorsFault) -> String {
    let shape = tensor.shape
    switch shape.count {
    case 0: return "give one class index a sample: labels.reshape(1)"
    case 2 where shape[1] == 1 || shape[0] == 1:
      return "drop the axis of length 1: labels.reshape(-1)"
    case 2 where shape[1] == classCount:
      // The largest of several classes, or of a network's answers, would be a label that nobody gave.
      let values = try values(of: tensor, in: file)
      let areOneHot = (0..<shape[0]).allSatisfy { row in
        let row = values[row * classCount..<(row + 1) * classCount]
        return row.allSatisfy { $0 == 0 || $0 == 1 } && row.count { $0 == 1 } == 1
      }
      return areOneHot
        ? "give class indices, not one-hot rows: labels.argmax(1)"
        : "give one class index a sample; these rows are not one-hot, so none follows from them"
    default: return "give one class index a sample"
    }
  }

  /// - Parameter tensor: labels of a floating type.
  static func floatLabels(
    _ tensor: SafetensorsTensor, in file: SafetensorsReader
  ) throws(SafetensorsFault) -> String {
    try file.floats(named: tensor.name).allSatisfy { $0 == $0.rounded() }
      ? "convert: labels.long() in PyTorch, labels.astype(np.int64) in NumPy"
      : "give the class indices, whole numbers from 0; these are fractions, and converting would make other classes of them"
  }

  private static func values(
    of tensor: SafetensorsTensor, in file: SafetensorsReader
  ) throws(SafetensorsFault) -> [Float] {
    tensor.type.isFloating
      ? try file.floats(named: tensor.name)
      : try file.int64s(named: tensor.name).map { Float($0) }
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
    let values = try values(of: tensor, in: file)
    guard let low = values.min(), let high = values.max() else { return "give them as U8" }
    guard tensor.type.isFloating else {
      // Conversion keeps the last eight bits only.
      return low >= 0 && high <= 255 && high > 1
        ? "convert: images.byte() in PyTorch, images.astype(np.uint8) in NumPy"
        : "bring the values, now \(Int(low)) to \(Int(high)), to 0…255 first, and then convert to U8"
    }
    guard low >= 0, high <= 255 else {
      return "undo the normalisation, images * std + mean, until values lie in 0…1; then convert: "
        + scale
    }
    return "convert: " + (high > 1 ? convert : scale)
  }
}
