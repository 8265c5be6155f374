import TensorCore

/// A map interpolated to another grid, as a unit vector and as a centred unit vector: two such maps' cosine and
/// Pearson correlation are dot products. Holds its memory, to be filled again and again.
final class ResampledMap {
  let count: Int
  /// x / ‖x‖, [count].
  let unit: UnsafeMutablePointer<Double>
  /// (x − mean) / ‖x − mean‖, [count].
  let centred: UnsafeMutablePointer<Double>
  /// What `unit` and `centred` were made with.
  private(set) var scale = MapScale(unit: 0, centred: 0)

  private let resampler: BilinearResampler
  /// The interpolated map itself, [count].
  let cells: UnsafeMutablePointer<Float>

  init(from source: GridSize, to target: GridSize) {
    resampler = BilinearResampler(from: source, to: target)
    count = target.count
    unit = .allocate(capacity: count)
    centred = .allocate(capacity: count)
    cells = .allocate(capacity: count)
  }

  deinit {
    unit.deallocate()
    centred.deallocate()
    cells.deallocate()
  }

  /// Takes a map on the source grid. False where interpolation has left nothing with a direction; the vectors are
  /// then meaningless.
  func load(_ map: UnsafePointer<Float>) -> Bool {
    resampler.resample(map, into: cells)
    guard MapStatistics.isDefined(cells, count) else { return false }
    for index in 0..<count { unit[index] = Double(cells[index]) }
    let mean = DoubleKernels.sum(unit, count) / Double(count)
    let unitScale = 1 / DoubleKernels.dot(unit, unit, count).squareRoot()
    for index in 0..<count { centred[index] = unit[index] - mean }
    let centredScale = 1 / DoubleKernels.dot(centred, centred, count).squareRoot()
    for index in 0..<count {
      unit[index] *= unitScale
      centred[index] *= centredScale
    }
    scale = MapScale(unit: unitScale, centred: centredScale)
    return true
  }
}
