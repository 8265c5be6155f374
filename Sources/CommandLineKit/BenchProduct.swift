import TensorCore

/// The matrix-product peak that other figures are held against.
package enum BenchProduct {
  /// A product of square matrices, C's rows shared between the lanes.
  package static func measure(
    _ id: String, size: Int, _ timer: BenchTimer, _ lanes: Lanes
  ) -> BenchMeasure {
    let memory = FloatMemory(zeros: 3 * size * size)
    for index in 0..<(2 * size * size) { memory.base[index] = Float(index % 17) / 17 }
    // The lanes write to rows of their own.
    nonisolated(unsafe) let a = memory.base
    let (b, c) = (a + size * size, a + 2 * size * size)
    let operations = 2 * Double(size * size * size)
    return timer.measure(
      id, unit: "GFLOP/s", units: 1e-9 * operations, operations: operations
    ) {
      lanes.run(over: size) { _, rows in
        BLAS.multiply(
          m: rows.count, n: size, k: size, a + rows.lowerBound * size, strideA: size, b,
          strideB: size, into: c + rows.lowerBound * size, strideC: size)
      }
    }
  }
}
