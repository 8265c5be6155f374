import Recordings
import TensorCore

/// How the two models' final maps agree, image by image, on the input grid.
struct FinalMapAgreement: Sendable {
  /// nil where one of the maps is undefined (`MapStatistics.isDefined`).
  private(set) var cosine: Column = []
  /// The mean cosine over all ordered pairs of different images, of those that have a cosine; nil with fewer than two.
  private(set) var null: Double?

  /// - Parameters: recordings of the same samples; their grids may differ.
  init(reference: Recording, model: Recording) throws(RecordingFault) {
    let places = (MapPlace.final(of: reference), MapPlace.final(of: model))
    let input = reference.manifest.input
    let ranges = SampleBlock.ranges(of: reference.sampleCount)
    let parts = ParallelLoop.map(ranges.count) { index in
      Result { () throws(RecordingFault) in try Part(ranges[index], places, input) }
    }
    var sums = NullSums(grid: places.0.grid, final: places.1.grid)
    cosine.reserveCapacity(reference.sampleCount)
    for part in parts {
      let part = try part.get()
      cosine += part.cosine
      sums.add(part.sums)
    }
    guard sums.count > 1 else { return }
    let own = cosine.reduce(0) { $0 + ($1 ?? 0) }
    null = (sums.scores(input: input).cosine - own) / (Double(sums.count) * Double(sums.count - 1))
  }

  /// Neighbouring samples.
  private struct Part: Sendable {
    var cosine: Column = []
    var sums: NullSums

    init(
      _ samples: Range<Int>, _ places: (MapPlace, MapPlace), _ input: GridSize
    ) throws(RecordingFault) {
      let cells = (places.0.grid.count, places.1.grid.count)
      let first = FloatMemory(zeros: samples.count * cells.0)
      let second = FloatMemory(zeros: samples.count * cells.1)
      try places.0.read(samples, into: first.base)
      try places.1.read(samples, into: second.base)
      sums = NullSums(grid: places.0.grid, final: places.1.grid)
      let left = ResampledMap(from: places.0.grid, to: input)
      let right = ResampledMap(from: places.1.grid, to: input)
      for sample in 0..<samples.count {
        let maps = (first.base + sample * cells.0, second.base + sample * cells.1)
        guard MapStatistics.isDefined(maps.0, cells.0), MapStatistics.isDefined(maps.1, cells.1),
          left.load(maps.0), right.load(maps.1)
        else {
          cosine.append(nil)
          continue
        }
        cosine.append(DoubleKernels.dot(left.unit, right.unit, input.count))
        sums.add(maps.0, left.scale, maps.1, right.scale)
      }
    }
  }
}
