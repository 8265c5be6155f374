import Recordings
import TensorCore

/// How often maps of different images agree as little as a same answer “from elsewhere” does.
enum UnrelatedPairs {
  /// Pairs that are drawn where there are more: a standard error of 1.6 points at most.
  private static let limit = 1000
  private static let piece = 50

  /// The share of ordered pairs of different images whose cosine, of the first image's map at one place and the second
  /// image's at another, is from elsewhere (`SameAnswer.isFromElsewhere`): of all pairs where there are at most 1,000,
  /// else of 1,000 drawn with replacement. nil with fewer than two images.
  /// - Parameters:
  ///   - null: the mean cosine over all such pairs.
  ///   - samples: those whose maps are defined at both places.
  static func share(
    fromElsewhere null: Double, _ places: (MapPlace, MapPlace), input: GridSize,
    among samples: [Int],
    seed: UInt64
  ) throws(RecordingFault) -> Double? {
    guard samples.count > 1 else { return nil }
    let pairs = pairs(of: samples, seed: seed)
    let counts = ParallelLoop.map((pairs.count + piece - 1) / piece) { index in
      Result { () throws(RecordingFault) in
        try count(
          pairs[index * piece..<min((index + 1) * piece, pairs.count)], null, places, input)
      }
    }
    var total = 0
    for count in counts { total += try count.get() }
    return Double(total) / Double(pairs.count)
  }

  private static func count(
    _ pairs: ArraySlice<(Int, Int)>, _ null: Double, _ places: (MapPlace, MapPlace),
    _ input: GridSize
  ) throws(RecordingFault) -> Int {
    let first = FloatMemory(zeros: places.0.grid.count)
    let second = FloatMemory(zeros: places.1.grid.count)
    let left = ResampledMap(from: places.0.grid, to: input)
    let right = ResampledMap(from: places.1.grid, to: input)
    var result = 0
    for (one, other) in pairs {
      try places.0.read(one..<one + 1, into: first.base)
      try places.1.read(other..<other + 1, into: second.base)
      let areDefined = left.load(first.base) && right.load(second.base)
      precondition(areDefined, "samples \(one) and \(other) have undefined maps")
      let cosine = DoubleKernels.dot(left.unit, right.unit, input.count)
      if SameAnswer.isFromElsewhere(cosine, null: null) { result += 1 }
    }
    return result
  }

  private static func pairs(of samples: [Int], seed: UInt64) -> [(Int, Int)] {
    let count = samples.count
    guard count * (count - 1) > limit else {
      return samples.flatMap { one in samples.lazy.filter { $0 != one }.map { (one, $0) } }
    }
    var random = SeededGenerator(seed: seed, stream: "unrelated pairs of maps")
    return (0..<limit).map { _ in
      let one = random.index(below: count)
      let other = random.index(below: count - 1)
      return (samples[one], samples[other < one ? other : other + 1])
    }
  }
}
