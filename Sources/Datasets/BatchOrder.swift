import TensorCore

/// In which order a part's images are seen, and cut into batches. The last batch may be smaller.
package struct BatchOrder: Sendable {
  /// All indices of the part, each once.
  package let indices: [Int]
  /// Images in every batch but the last, at least 1.
  package let batchSize: Int

  /// In the part's own order: for evaluation.
  package init(count: Int, batchSize: Int) {
    self.init(indices: Array(0..<count), batchSize: batchSize)
  }

  /// Shuffled: for training. Every epoch has its own order, which depends on nothing but the three
  /// numbers, so a resumed run sees what an uninterrupted one does.
  package init(count: Int, batchSize: Int, seed: UInt64, epoch: Int) {
    var generator = SeededGenerator(seed: seed, stream: "batches of epoch \(epoch)")
    self.init(indices: generator.permutation(count), batchSize: batchSize)
  }

  private init(indices: [Int], batchSize: Int) {
    precondition(batchSize > 0, "a batch holds images, got a size of \(batchSize)")
    self.indices = indices
    self.batchSize = batchSize
  }

  /// Rounded up; 0 where there are no images.
  package var batchCount: Int { (indices.count + batchSize - 1) / batchSize }

  /// The indices of one batch, from 0.
  package func batch(_ number: Int) -> ArraySlice<Int> {
    precondition(
      (0..<batchCount).contains(number), "batch \(number) of \(batchCount)")
    return indices[number * batchSize..<min((number + 1) * batchSize, indices.count)]
  }
}
