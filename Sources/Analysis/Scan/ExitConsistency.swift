import TensorCore

/// How one exit's maps agree with the final exit's, sample by sample; nil where undefined.
///
/// A sample is defined where both maps are (`MapStatistics.isDefined`) on their own grids and on the input grid.
package struct ExitConsistency: Sendable {
  /// Cosine of the two maps on the input grid.
  private(set) var cosine: Column = []
  /// Pearson correlation of the two maps' cells on the input grid.
  private(set) var centred: Column = []
  /// Cosine on the exit's own grid, the final map interpolated to it.
  private(set) var cosineOnExitGrid: Column = []
  /// The least Pearson correlation on the exit's own grid; infinite where none is defined. See `isCopyOfFinal`.
  private(set) var leastCentredOnExitGrid = Double.infinity
  /// The largest cosine that any map on the final exit's grid could have with the exit's (`GridCeiling`).
  private(set) var ceiling: Column = []
  /// Ranks, structure and largest cells.
  private(set) var similarity = ExitSimilarity()
  /// Of Spearman's correlation; nil with fewer than two samples.
  var spearmanNull: Double?
  /// Both nulls, for the cosine and the centred correlation; empty until the second pass.
  var cosineNull = PermutationNull()
  var centredNull = PermutationNull()
  /// The same with the other images of the sample's class only.
  var classCosineNull = PermutationNull()
  var classCentredNull = PermutationNull()

  /// By key: numbers of both maps on the grid that all exits share.
  package private(set) var functions: [String: FunctionColumns]

  init(functions: [MapFunction]) {
    self.functions = Dictionary(
      uniqueKeysWithValues: functions.map { ($0.key, FunctionColumns()) })
  }

  /// Makes room for so many samples.
  mutating func reserveCapacity(_ count: Int) {
    cosine.reserveCapacity(count)
    centred.reserveCapacity(count)
    cosineOnExitGrid.reserveCapacity(count)
    ceiling.reserveCapacity(count)
    similarity.reserveCapacity(count)
  }

  /// The same for the second pass.
  mutating func reserveNullCapacity(_ count: Int) {
    cosineNull.reserveCapacity(count)
    centredNull.reserveCapacity(count)
    classCosineNull.reserveCapacity(count)
    classCentredNull.reserveCapacity(count)
  }

  /// Takes in the next sample.
  /// - Parameter exit: from 0, an early one.
  mutating func append(_ maps: SampleMaps, exit: Int) {
    similarity.append(maps.comparisons[exit])
    for function in maps.functions {
      functions[function.key]!.append(
        value: maps.isPairDefined(exit: exit)
          ? maps.shared?.value(function, exit: exit) : nil)
    }
    guard maps.isPairDefined(exit: exit) else {
      cosine.append(nil)
      centred.append(nil)
      cosineOnExitGrid.append(nil)
      ceiling.append(nil)
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
    // Two cells less their mean are always ±(1, −1).
    if maps.isComparableOnOwnGrid[exit], maps.grids[exit].count > 2 {
      leastCentredOnExitGrid = min(
        leastCentredOnExitGrid,
        DoubleKernels.dot(
          maps.onOwnGrid[exit].centred, maps.finalOnOwnGrid[exit].centred, maps.grids[exit].count))
    }
    // Rounding must not let a cosine pass its own bound by a hair.
    ceiling.append(
      min(1, maps.ceilings[exit].projectedNorm(maps.recorded[exit]) * map.scale.unit))
  }

  /// Takes in the samples that follow.
  mutating func append(_ next: ExitConsistency) {
    cosine += next.cosine
    centred += next.centred
    cosineOnExitGrid += next.cosineOnExitGrid
    leastCentredOnExitGrid = min(leastCentredOnExitGrid, next.leastCentredOnExitGrid)
    ceiling += next.ceiling
    similarity.append(next.similarity)
    for (key, columns) in next.functions { functions[key]!.append(columns) }
  }

  /// The nulls of a function, of the samples that follow.
  mutating func append(nulls: Column, of function: MapFunction) {
    for null in nulls { functions[function.key]!.append(null: null) }
  }

  /// Both nulls of one sample, given the sums over all.
  /// - Parameters:
  ///   - vectors: nil where there are no other samples.
  ///   - map: the exit's map as recorded, and what makes it a unit vector; `final` the same of the final exit.
  func appendNulls(
    of sample: Int, to nulls: inout (cosine: PermutationNull, centred: PermutationNull),
    _ vectors: NullVectors?, map: UnsafePointer<Float>, scale: MapScale?,
    final: UnsafePointer<Float>, finalScale: MapScale?
  ) {
    guard let vectors, let cosine = cosine[sample], let centred = centred[sample], let scale,
      let finalScale
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
  var excess: Column { Self.excess(of: cosine, over: cosineNull) }
  /// The same of the centred correlation.
  var centredExcess: Column { Self.excess(of: centred, over: centredNull) }

  private static func excess(of values: Column, over null: PermutationNull) -> Column {
    let mean = null.mean
    return Column(
      values.indices.lazy.map { sample in
        guard let value = values[sample], let mean, let map = null.asMap[sample],
          let target = null.asTarget[sample]
        else { return nil }
        return value - map - target + mean
      })
  }

  /// The same over the null of the sample's class c: cos_n − ā_n − b̄_n + null_c, whose mean is that of the cosines
  /// less the classes' nulls by their shares of the samples. nil where the sample is alone in its class.
  func classExcess(labels: [Int]) -> Column {
    Self.classExcess(of: cosine, over: classCosineNull, labels)
  }

  func classCentredExcess(labels: [Int]) -> Column {
    Self.classExcess(of: centred, over: classCentredNull, labels)
  }

  private static func classExcess(
    of values: Column, over null: PermutationNull, _ labels: [Int]
  ) -> Column {
    let classCount = (labels.max() ?? -1) + 1
    var sums = [Double](repeating: 0, count: classCount)
    var counts = [Double](repeating: 0, count: classCount)
    for (sample, label) in labels.enumerated() {
      guard let value = null.asMap[sample] else { continue }
      sums[label] += value
      counts[label] += 1
    }
    return Column(
      values.indices.lazy.map { sample in
        guard let value = values[sample], let map = null.asMap[sample],
          let target = null.asTarget[sample]
        else { return nil }
        return value - map - target + sums[labels[sample]] / counts[labels[sample]]
      })
  }
}
