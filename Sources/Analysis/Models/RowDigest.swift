import Recordings

/// Samples as numbers that are equal where the samples are, to the last bit, and differ else but for one chance in
/// 2⁶⁴ a pair.
enum RowDigest {
  /// Of what all exits answered.
  /// - Parameter logits: per exit, [samples, classCount].
  static func rows(_ logits: [[Float]], classCount: Int) -> [Int] {
    let count = (logits.first?.count ?? 0) / classCount
    return (0..<count).map { sample in
      var hasher = Hasher()
      for exit in logits { add(exit, sample, classCount, to: &hasher) }
      return hasher.finalize()
    }
  }

  /// Of what all exits answered and where they looked.
  static func answersAndMaps(_ recording: Recording) throws(RecordingFault) -> [Int] {
    var digests = rows(recording.logits, classCount: recording.classCount)
    let block = SampleBlock(recording.manifest)
    for samples in SampleBlock.ranges(of: recording.sampleCount) {
      try block.read(samples, of: recording)
      for sample in samples {
        var hasher = Hasher()
        hasher.combine(digests[sample])
        for (exit, description) in recording.manifest.exits.enumerated() {
          hasher.combine(
            bytes: UnsafeRawBufferPointer(
              start: block.map(sample, exit: exit),
              count: description.grid.count * MemoryLayout<Float>.size))
        }
        digests[sample] = hasher.finalize()
      }
    }
    return digests
  }

  private static func add(
    _ values: [Float], _ row: Int, _ size: Int, to hasher: inout Hasher
  ) {
    values.withUnsafeBytes { bytes in
      let length = size * MemoryLayout<Float>.size
      hasher.combine(
        bytes: UnsafeRawBufferPointer(rebasing: bytes[row * length..<(row + 1) * length]))
    }
  }
}
