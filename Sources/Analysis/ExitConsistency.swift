import TensorCore

/// How one exit's maps agree with the final exit's, sample by sample; nil where undefined.
struct ExitConsistency: Sendable {
  /// Cosine of the two maps on the input grid.
  var cosine: [Double?]
  /// Pearson correlation of the two maps' cells on the input grid.
  var centred: [Double?]
  /// Cosine on the exit's own grid, the final map interpolated to it.
  var cosineOnExitGrid: [Double?]
  /// Both nulls, for the cosine and the centred correlation.
  var cosineNull: PermutationNull
  var centredNull: PermutationNull

  /// A sample is defined where both maps are (`MapStatistics.isDefined`) on their own grids and on the input grid.
  /// - Parameters:
  ///   - maps: [sampleCount, grid.height, grid.width].
  ///   - finalMaps: [sampleCount, finalGrid.height, finalGrid.width].
  init(
    maps: UnsafePointer<Float>, grid: GridSize, finalMaps: UnsafePointer<Float>,
    finalGrid: GridSize, input: GridSize, sampleCount: Int
  ) {
    let map = ResampledMap(from: grid, to: input)
    let target = ResampledMap(from: finalGrid, to: input)
    let own = ResampledMap(from: grid, to: grid)
    let ownTarget = ResampledMap(from: finalGrid, to: grid)
    var cosine = [Double?](repeating: nil, count: sampleCount)
    var centred = cosine
    var onExitGrid = cosine
    var pairs = PermutationNull.Sums(count: input.count)
    var centredPairs = pairs

    for sample in 0..<sampleCount {
      let cells = maps + sample * grid.count
      let targetCells = finalMaps + sample * finalGrid.count
      guard MapStatistics.isDefined(cells, grid.count),
        MapStatistics.isDefined(targetCells, finalGrid.count),
        map.load(cells), target.load(targetCells)
      else { continue }
      cosine[sample] = DoubleKernels.dot(map.unit, target.unit, input.count)
      centred[sample] = DoubleKernels.dot(map.centred, target.centred, input.count)
      pairs.add(map.unit, target.unit)
      centredPairs.add(map.centred, target.centred)
      if own.load(cells), ownTarget.load(targetCells) {
        onExitGrid[sample] = DoubleKernels.dot(own.unit, ownTarget.unit, grid.count)
      }
    }

    // The sums are complete only now, so the maps are interpolated once more instead of being kept.
    var cosineNull = PermutationNull(sampleCount: sampleCount)
    var centredNull = cosineNull
    for sample in 0..<sampleCount {
      guard let agreement = cosine[sample], let centredAgreement = centred[sample],
        map.load(maps + sample * grid.count), target.load(finalMaps + sample * finalGrid.count)
      else { continue }
      cosineNull.set(sample, map.unit, target.unit, own: agreement, sums: pairs)
      centredNull.set(
        sample, map.centred, target.centred, own: centredAgreement, sums: centredPairs)
    }
    self.cosine = cosine
    self.centred = centred
    cosineOnExitGrid = onExitGrid
    self.cosineNull = cosineNull
    self.centredNull = centredNull
  }

  /// Per sample, a series whose mean is the excess (mean cosine − null) and whose variance is, to first order, that
  /// of the excess: cos_n − ā_n − b̄_n + null. The null is a U-statistic of the samples, so the uncertainty of both
  /// its sides belongs in the interval (Hájek's projection). nil where there is no null.
  var excess: [Double?] {
    let null = cosineNull.mean
    return cosine.indices.map { sample in
      guard let cosine = cosine[sample], let null, let map = cosineNull.asMap[sample],
        let target = cosineNull.asTarget[sample]
      else { return nil }
      return cosine - map - target + null
    }
  }
}
