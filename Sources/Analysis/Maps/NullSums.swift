import TensorCore

/// What turns a map on the input grid into a unit vector, and its centred form into another.
struct MapScale: Sendable {
  /// 1 / ‖x‖
  var unit: Double
  /// 1 / ‖x − mean‖
  var centred: Double
}

/// The sums behind the permutation nulls of two exits (mostly an early one and the final one), over the samples at which
/// both maps are defined.
///
/// Interpolation R is linear, so Σ_n R·x_n/‖R·x_n‖ is R applied to a sum of maps on their own grid: a sum over
/// 16 to 1,024 cells a sample instead of the input's 4,096, and the input grid is visited once at the end.
struct NullSums: Sendable {
  private let grid: GridSize
  private let final: GridSize
  private(set) var count = 0
  /// Σ x_n · scale on the exit's grid, and the same of the final maps on theirs; for unit and for centred vectors (the
  /// centring itself is left to the end).
  private var maps: [Double]
  private var centredMaps: [Double]
  private var finals: [Double]
  private var centredFinals: [Double]

  init(grid: GridSize, final: GridSize) {
    self.grid = grid
    self.final = final
    maps = [Double](repeating: 0, count: grid.count)
    centredMaps = maps
    finals = [Double](repeating: 0, count: final.count)
    centredFinals = finals
  }

  /// Takes in the next sample, defined at both exits: its maps as recorded.
  mutating func add(
    _ map: UnsafePointer<Float>, _ scale: MapScale, _ finalMap: UnsafePointer<Float>,
    _ finalScale: MapScale
  ) {
    count += 1
    DoubleKernels.add(map, times: scale.unit, to: &maps)
    DoubleKernels.add(map, times: scale.centred, to: &centredMaps)
    DoubleKernels.add(finalMap, times: finalScale.unit, to: &finals)
    DoubleKernels.add(finalMap, times: finalScale.centred, to: &centredFinals)
  }

  /// Takes in the sums over the samples that follow.
  mutating func add(_ next: NullSums) {
    count += next.count
    for cell in maps.indices {
      maps[cell] += next.maps[cell]
      centredMaps[cell] += next.centredMaps[cell]
    }
    for cell in finals.indices {
      finals[cell] += next.finals[cell]
      centredFinals[cell] += next.centredFinals[cell]
    }
  }

  /// The sums as vectors that a recorded map, on its own grid, can be multiplied with: ⟨R·x, s⟩ = ⟨x, Rᵀ·s⟩.
  func vectors(input: GridSize) -> NullVectors {
    let toInput = BilinearResampler(from: grid, to: input)
    let finalToInput = BilinearResampler(from: final, to: input)
    return NullVectors(
      count: count,
      finals: toInput.transposed(finalToInput.resample(finals)),
      centredFinals: toInput.transposed(Self.centred(finalToInput.resample(centredFinals))),
      maps: finalToInput.transposed(toInput.resample(maps)),
      centredMaps: finalToInput.transposed(Self.centred(toInput.resample(centredMaps))))
  }

  /// Σ_n Σ_m of the scores of all ordered pairs, a sample with itself included.
  func scores(input: GridSize) -> (cosine: Double, centred: Double) {
    let toInput = BilinearResampler(from: grid, to: input)
    let finalToInput = BilinearResampler(from: final, to: input)
    return (
      DoubleKernels.dot(toInput.resample(maps), finalToInput.resample(finals), input.count),
      DoubleKernels.dot(
        Self.centred(toInput.resample(centredMaps)),
        Self.centred(finalToInput.resample(centredFinals)), input.count)
    )
  }

  /// Σ (x_n − mean_n)·scale from Σ x_n·scale: what it lacks is the same in every cell, and it sums to 0.
  private static func centred(_ sum: [Double]) -> [Double] {
    let mean =
      sum.withUnsafeBufferPointer { DoubleKernels.sum($0.baseAddress!, $0.count) }
      / Double(sum.count)
    return sum.map { $0 - mean }
  }
}

/// The sums over all samples, brought to the grids of the maps that are compared with them.
struct NullVectors: Sendable {
  /// Samples behind them.
  let count: Int
  /// Of the final maps, on the exit's grid.
  let finals: [Double]
  let centredFinals: [Double]
  /// Of the exit's maps, on the final grid.
  let maps: [Double]
  let centredMaps: [Double]

  /// The mean score of one map with the other samples' maps of the other exit; nil where there is no other.
  /// - Parameters:
  ///   - map: on its own grid, as recorded.
  ///   - own: its score with the same sample's map.
  func mean(
    _ map: UnsafePointer<Float>, times scale: Double, with sum: KeyPath<NullVectors, [Double]>,
    own: Double
  ) -> Double? {
    guard count > 1 else { return nil }
    return (scale * DoubleKernels.dot(map, self[keyPath: sum]) - own) / Double(count - 1)
  }
}
