import TensorCore

/// Reductions over doubles. Swift keeps the order of floating-point additions, so a plain loop stays
/// scalar; these keep eight sums and add them at the end, in a fixed order.
enum DoubleKernels {
  static func sum(_ values: UnsafePointer<Double>, _ count: Int) -> Double {
    var sums = SIMD8<Double>.zero
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) { sums += load(values, index) }
    var result = sums.sum()
    for index in whole..<count { result += values[index] }
    return result
  }

  static func dot(
    _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>, _ count: Int
  ) -> Double {
    var sums = SIMD8<Double>.zero
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      sums += load(first, index) * load(second, index)
    }
    var result = sums.sum()
    for index in whole..<count { result += first[index] * second[index] }
    return result
  }

  /// Adds `values` to `total`, element by element.
  static func add(
    _ values: UnsafePointer<Double>, to total: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    for index in 0..<count { total[index] += values[index] }
  }

  /// Σ values·weights, `values` as many as there are weights.
  static func dot(_ values: UnsafePointer<Float>, _ weights: [Double]) -> Double {
    weights.withUnsafeBufferPointer { weights in
      let base = weights.baseAddress!
      var sums = SIMD8<Double>.zero
      let whole = weights.count & ~7
      for index in stride(from: 0, to: whole, by: 8) {
        sums += SIMD8<Double>(load8(values + index)) * load(base, index)
      }
      var result = sums.sum()
      for index in whole..<weights.count { result += Double(values[index]) * base[index] }
      return result
    }
  }

  /// Adds `values` times a factor to `total`, element by element.
  static func add(_ values: UnsafePointer<Float>, times factor: Double, to total: inout [Double]) {
    total.withUnsafeMutableBufferPointer { total in
      for index in total.indices { total[index] += factor * Double(values[index]) }
    }
  }

  /// Adds `weight` times `values` to `total`, element by element.
  static func add(
    _ values: UnsafePointer<Double>, times weight: Double,
    to total: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    for index in 0..<count { total[index] += weight * values[index] }
  }

  @inline(__always)
  private static func load(_ values: UnsafePointer<Double>, _ index: Int) -> SIMD8<Double> {
    UnsafeRawPointer(values + index).loadUnaligned(as: SIMD8<Double>.self)
  }
}
