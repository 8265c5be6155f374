import TensorCore

/// How one exit's maps agree with the final exit's, sample by sample; nil where undefined.
///
/// A sample is defined where both maps are (`MapStatistics.isDefined`) on their own grids and on the input grid.
struct ExitConsistency: Sendable {
  /// Cosine of the two maps on the input grid.
  private(set) var cosine: [Double?] = []
  /// Pearson correlation of the two maps' cells on the input grid.
  private(set) var centred: [Double?] = []
  /// Cosine on the exit's own grid, the final map interpolated to it.
  private(set) var cosineOnExitGrid: [Double?] = []
  /// Both nulls, for the cosine and the centred correlation; empty until the second pass.
  var cosineNull = PermutationNull()
  var centredNull = PermutationNull()

  /// Takes in the next sample.
  /// - Parameter exit: from 0, an early one.
  mutating func append(_ maps: SampleMaps, exit: Int) {
    guard maps.isPairDefined(exit: exit) else {
      cosine.append(nil)
      centred.append(nil)
      cosineOnExitGrid.append(nil)
      return
    }
    let count = maps.input.count
    let (map, final) = (maps.onInput[exit], maps.onInput[maps.finalExit])
    cosine.append(DoubleKernels.dot(map.unit, final.unit, count))
    centred.append(DoubleKernels.dot(map.centred, final.centred, count))
    cosineOnExitGrid.append(
      maps.isComparableOnOwnGrid[exit]
        ? DoubleKernels.dot(
          maps.onOwnGrid[exit].unit, maps.finalOnOwnGrid[exit].unit, maps.grids[exit].count) : nil)
  }

  /// Takes in the samples that follow.
  mutating func append(_ next: ExitConsistency) {
    cosine += next.cosine
    centred += next.centred
    cosineOnExitGrid += next.cosineOnExitGrid
  }

  /// Both nulls of one sample, given the sums over all.
  /// - Parameters:
  ///   - map: the exit's map as recorded, and what makes it a unit vector; `final` the same of the final exit.
  func appendNulls(
    of sample: Int, to nulls: inout (cosine: PermutationNull, centred: PermutationNull),
    _ vectors: NullVectors, map: UnsafePointer<Float>, scale: MapScale?,
    final: UnsafePointer<Float>, finalScale: MapScale?
  ) {
    guard let cosine = cosine[sample], let centred = centred[sample], let scale, let finalScale
    else {
      nulls.cosine.append(asMap: nil, asTarget: nil)
      nulls.centred.append(asMap: nil, asTarget: nil)
      return
    }
    nulls.cosine.append(
      asMap: vectors.mean(map, times: scale.unit, with: \.finals, own: cosine),
      asTarget: vectors.mean(final, times: finalScale.unit, with: \.maps, own: cosine))
    nulls.centred.append(
      asMap: vectors.mean(map, times: scale.centred, with: \.centredFinals, own: centred),
      asTarget: vectors.mean(final, times: finalScale.centred, with: \.centredMaps, own: centred))
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
