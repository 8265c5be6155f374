/// What two unrelated maps would score: the mean over all ordered pairs (n, m ≠ n) of ⟨a_n, b_m⟩, a_n being sample
/// n's unit vector at an exit and b_m sample m's at the final exit. Exact and without random numbers, because
/// Σ_{m≠n} ⟨a_n, b_m⟩ = ⟨a_n, Σ_m b_m⟩ − ⟨a_n, b_n⟩. Only samples with both maps defined take part.
struct PermutationNull: Sendable {
  /// Per sample, its exit map against every other sample's final map; nil where undefined or alone.
  private(set) var asMap: [Double?]
  /// Per sample, its final map against every other sample's exit map; the same mean.
  private(set) var asTarget: [Double?]

  /// Σ a_n and Σ b_n over the defined samples.
  struct Sums {
    fileprivate var maps: [Double]
    fileprivate var targets: [Double]
    fileprivate var sampleCount = 0

    init(count: Int) {
      maps = [Double](repeating: 0, count: count)
      targets = maps
    }

    mutating func add(_ map: UnsafePointer<Double>, _ target: UnsafePointer<Double>) {
      maps.withUnsafeMutableBufferPointer {
        DoubleKernels.add(map, to: $0.baseAddress!, $0.count)
      }
      targets.withUnsafeMutableBufferPointer {
        DoubleKernels.add(target, to: $0.baseAddress!, $0.count)
      }
      sampleCount += 1
    }
  }

  init(sampleCount: Int) {
    asMap = [Double?](repeating: nil, count: sampleCount)
    asTarget = asMap
  }

  /// Computes a sample's two means.
  /// - Parameter own: ⟨a_n, b_n⟩.
  mutating func set(
    _ sample: Int, _ map: UnsafePointer<Double>, _ target: UnsafePointer<Double>, own: Double,
    sums: Sums
  ) {
    guard sums.sampleCount > 1 else { return }
    let others = Double(sums.sampleCount - 1)
    asMap[sample] =
      sums.targets.withUnsafeBufferPointer {
        DoubleKernels.dot(map, $0.baseAddress!, $0.count) - own
      } / others
    asTarget[sample] =
      sums.maps.withUnsafeBufferPointer {
        DoubleKernels.dot(target, $0.baseAddress!, $0.count) - own
      } / others
  }

  /// The mean over all pairs; nil with fewer than two defined samples.
  var mean: Double? { asMap.definedMean }
}

extension [Double?] {
  /// The mean of the values that are there; nil where none is.
  var definedMean: Double? {
    var sum = 0.0
    var count = 0
    for case let value? in self {
      sum += value
      count += 1
    }
    return count == 0 ? nil : sum / Double(count)
  }
}
