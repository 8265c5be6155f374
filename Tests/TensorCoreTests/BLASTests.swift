import TensorCore
import Testing

@Suite struct BLASTests {
  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func productMatchesTheDefinition(transposeA: Bool, transposeB: Bool) throws {
    let kernel = try BLAS.open()
    #expect(!kernel.core.isEmpty)
    #expect(["user", "exitlens", "openblas"].contains(kernel.chosenBy))
    let (m, n, k) = (5, 7, 3)
    let a = (0..<(m * k)).map { Float($0 % 5) - 2 }
    let b = (0..<(k * n)).map { Float($0 % 7) - 3 }
    var c = [Float](repeating: 1, count: m * n)
    c.withUnsafeMutableBufferPointer { c in
      BLAS.multiply(
        transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: 2, a,
        strideA: transposeA ? m : k, b, strideB: transposeB ? k : n, beta: 3,
        into: c.baseAddress!, strideC: n)
    }
    for i in 0..<m {
      for j in 0..<n {
        var sum: Float = 0
        for l in 0..<k {
          sum +=
            (transposeA ? a[l * m + i] : a[i * k + l]) * (transposeB ? b[j * k + l] : b[l * n + j])
        }
        #expect(c[i * n + j] == 2 * sum + 3)
      }
    }
  }

  @Test func arenaSlotsAreAlignedAndApart() {
    var layout = ArenaLayout()
    let slots = [3, 16, 17].map { layout.reserve($0) }
    let arena = Arena(layout)
    #expect(arena.all.allSatisfy { $0 == 0 })
    for (index, slot) in slots.enumerated() {
      #expect(UInt(bitPattern: arena[slot]) % 64 == 0)
      arena[slot].update(repeating: Float(index + 1), count: slot.count)
    }
    #expect(arena.all.reduce(0, +) == 3 * 1 + 16 * 2 + 17 * 3)
    arena.clear()
    #expect(arena.all.allSatisfy { $0 == 0 })
  }
}
