import FileKit
import TensorCore

extension Recording {
  /// How far a softmax map's sum may lie from 1. A half-precision softmax over 4,096 cells stays within it;
  /// the memory of a transposed tensor does not.
  static let sumTolerance = 0.01
  /// How far a sigmoid value may lie outside 0…1.
  static let unitTolerance: Float = 1e-3

  /// Checks everything that an audit relies on.
  ///
  /// Attention maps may hold any numbers, NaN included, unless the manifest names their kind; logits
  /// must be finite.
  /// - Parameter path: the recording's folder, for messages.
  public func validate(at path: String) throws(RecordingFault) {
    try validateManifest(at: path)
    try validateCounts(at: path)
    try validateImages(at: path)
    try validateMaps(at: path)
    try validateFaithfulness(at: path)
  }

  /// Every array's length, and what the answers hold.
  private func validateCounts(at path: String) throws(RecordingFault) {
    guard logits.count == exitCount, attention.count == exitCount else {
      throw .wrongField(
        path: path, field: "exits", expected: "\(exitCount) logits and attention tensors",
        got: "\(logits.count) and \(attention.count)")
    }
    try validateAnswers(
      Answers(labels: labels, logits: logits), names: .recorded, at: path)
    if let validation { try validateAnswers(validation, names: .validation, at: path) }
    for exit in 0..<exitCount {
      let grid = manifest.exits[exit].grid
      try check(
        attention[exit].count, shape: [sampleCount, grid.height, grid.width],
        of: RecordingLayout.attention(exit + 1), at: path)
    }
    if let images {
      try check(
        images.count,
        shape: [sampleCount, manifest.input.height, manifest.input.width, manifest.channels],
        of: RecordingLayout.images, at: path)
    }
    for (field, list) in [("identifiers", manifest.identifiers), ("paths", manifest.paths)] {
      guard let list, list.count != sampleCount else { continue }
      throw .wrongField(
        path: path, field: field, expected: "\(sampleCount) entries, one a sample",
        got: "\(list.count)")
    }
  }

  func check(
    _ count: Int, shape: [Int], of name: String, at path: String
  ) throws(RecordingFault) {
    let expected = shape.reduce(1, *)
    guard count == expected else {
      throw .wrongTensor(
        path: path, name: name, expected: "\(shape), \(expected) elements", got: "\(count)")
    }
  }

  private func validateImages(at path: String) throws(RecordingFault) {
    guard images != nil || manifest.paths != nil else { throw .noImages(path: path) }
    guard images == nil || manifest.paths == nil else { throw .imagesAndPaths(path: path) }
  }

  /// What the manifest promises about the maps' values. Maps that are not finite, and maps of zeros,
  /// are left to the audit, which counts them.
  private func validateMaps(at path: String) throws(RecordingFault) {
    let isSoftmax = manifest.attentionKind == "softmax"
    guard isSoftmax || manifest.attentionKind == "sigmoid" else { return }
    let block = SampleBlock(manifest)
    for samples in SampleBlock.ranges(of: sampleCount) {
      try block.read(samples, of: self)
      for exit in 0..<exitCount {
        let cells = manifest.exits[exit].grid.count
        for sample in samples {
          let map = UnsafeBufferPointer(start: block.map(sample, exit: exit), count: cells)
          try validate(map, isSoftmax: isSoftmax, exit: exit, sample: sample, at: path)
        }
      }
    }
  }

  private func validate(
    _ map: UnsafeBufferPointer<Float>, isSoftmax: Bool, exit: Int, sample: Int, at path: String
  ) throws(RecordingFault) {
    var sum = 0.0
    var magnitude: Float = 0
    for value in map {
      sum += Double(value)
      magnitude = max(magnitude, abs(value))
    }
    guard sum.isFinite, magnitude > 0 else { return }
    if isSoftmax, abs(sum - 1) > Self.sumTolerance {
      throw .mapSumIsNotOne(path: path, exit: exit + 1, sample: sample, sum: sum)
    }
    let range = -Self.unitTolerance...1 + Self.unitTolerance
    if !isSoftmax, let value = map.first(where: { !range.contains($0) }) {
      throw .mapOutsideUnitRange(path: path, exit: exit + 1, sample: sample, value: value)
    }
  }
}
