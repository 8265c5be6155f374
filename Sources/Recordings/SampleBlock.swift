import TensorCore

/// The attention maps of some neighbouring samples at every exit, in memory that is used again for the next ones:
/// how everything that looks at all maps reads them. One owner, one thread.
public final class SampleBlock {
  /// Samples that are read at a time where nothing speaks for another number: some 350 kB of maps on the paper's
  /// grids, which stay in a core's second-level cache.
  public static let usualSize = 64

  /// The samples in memory.
  public private(set) var samples: Range<Int> = 0..<0
  private let capacity: Int
  /// Per exit: a map's cells, and where its maps begin.
  private let cells: [Int]
  private let starts: [Int]
  private let memory: FloatMemory

  /// - Parameter capacity: the largest number of samples at a time.
  public init(_ manifest: RecordingManifest, capacity: Int = SampleBlock.usualSize) {
    self.capacity = capacity
    cells = manifest.exits.map(\.grid.count)
    var starts: [Int] = []
    var count = 0
    for cells in cells {
      starts.append(count)
      count += cells * capacity
    }
    self.starts = starts
    memory = FloatMemory(zeros: count)
  }

  /// Reads samples, at most as many as there is room for.
  public func read(_ samples: Range<Int>, of recording: Recording) throws(RecordingFault) {
    precondition(samples.count <= capacity, "\(samples.count) samples, room for \(capacity)")
    for exit in cells.indices {
      try recording.attention[exit].read(
        samples.lowerBound * cells[exit]..<samples.upperBound * cells[exit],
        into: memory.base + starts[exit])
    }
    self.samples = samples
  }

  /// A map, [grid.height, grid.width], until the next `read`.
  /// - Parameters:
  ///   - sample: its number in the recording; among `samples`.
  ///   - exit: from 0.
  public func map(_ sample: Int, exit: Int) -> UnsafePointer<Float> {
    precondition(samples.contains(sample), "sample \(sample) of a block of \(samples)")
    return UnsafePointer(
      memory.base + starts[exit] + (sample - samples.lowerBound) * cells[exit])
  }

  /// The blocks of a recording, in order.
  public static func ranges(of sampleCount: Int, size: Int = usualSize) -> [Range<Int>] {
    stride(from: 0, to: sampleCount, by: size).map { $0..<min($0 + size, sampleCount) }
  }
}
