import TensorCore

/// One exit's attention maps against its Grad-CAM maps, sample by sample, with the permutation null of each agreement.
///
/// Two passes: an inner product with the mean of all other samples' vectors needs their sum first.
struct GradCAMScan {
  typealias Agreement = FaithfulnessMeasure.Agreement

  private(set) var series: [FaithfulnessMeasure: [Double?]] = [:]

  /// Σ of the unit vectors of either side.
  private struct Sums {
    var maps: [Double]
    var gradCAM: [Double]
    var count = 0

    init(cells: Int) {
      maps = [Double](repeating: 0, count: cells)
      gradCAM = maps
    }
  }

  /// - Parameters: both [samples, grid.height, grid.width].
  init(attention: [Float], gradCAM: [Float], grid: GridSize) {
    let pair = MapPair(grid: grid)
    let sampleCount = attention.count / grid.count
    var sums: [Agreement: Sums] = [:]
    for agreement in Agreement.allCases { sums[agreement] = Sums(cells: grid.count) }
    func load(_ sample: Int) -> Bool {
      attention.withUnsafeBufferPointer { attention in
        gradCAM.withUnsafeBufferPointer { gradCAM in
          let start = sample * grid.count
          return pair.load(attention.baseAddress! + start, gradCAM.baseAddress! + start)
        }
      }
    }
    for sample in 0..<sampleCount where load(sample) {
      for agreement in Agreement.allCases {
        let vectors = pair.vectors(agreement)
        vectors.first.add(to: &sums[agreement]!.maps)
        vectors.second.add(to: &sums[agreement]!.gradCAM)
        sums[agreement]!.count += 1
      }
    }
    for agreement in Agreement.allCases {
      let sums = sums[agreement]!
      var own = [Double?](repeating: nil, count: sampleCount)
      var asMap = own
      var asTarget = own
      for sample in 0..<sampleCount where load(sample) {
        let vectors = pair.vectors(agreement)
        let product = vectors.first.dot(vectors.second)
        own[sample] = product
        guard sums.count > 1 else { continue }
        let others = Double(sums.count - 1)
        asMap[sample] = (vectors.first.dot(sums.gradCAM) - product) / others
        asTarget[sample] = (vectors.second.dot(sums.maps) - product) / others
      }
      series[.gradCAM(agreement)] = own
      series[.gradCAMNull(agreement)] = asMap
      series[.gradCAMExcess(agreement)] = Self.excess(own, asMap: asMap, asTarget: asTarget)
    }
  }

  /// Per sample, a series whose mean is the excess and whose variance is, to first order, that of the excess (Hájek's
  /// projection, as `ExitConsistency.excess`).
  private static func excess(
    _ own: [Double?], asMap: [Double?], asTarget: [Double?]
  ) -> [Double?] {
    let null = asMap.definedMean
    return own.indices.map { sample in
      guard let own = own[sample], let map = asMap[sample], let target = asTarget[sample],
        let null
      else { return nil }
      return own - map - target + null
    }
  }
}
