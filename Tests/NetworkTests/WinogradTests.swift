import Network
import TensorCore
import Testing

/// Winograd's convolution against the direct one, with the kernels of every instruction set that runs here.
@Suite struct WinogradTests {
  init() throws { _ = try BLAS.open() }

  private struct Result {
    var y: [Float]
    var dx: [Float]
    var dWeight: [Float]
  }

  private func direct(
    _ layer: Convolution, _ x: [Float], _ weight: [Float], _ dy: [Float], count: Int
  ) -> Result {
    let scratch = [Float](repeating: 0, count: layer.scratchCount(images: count))
    let zeros = [Float](repeating: 0, count: weight.count)
    let p = withPointers([x, weight, dy, dy, x, zeros, scratch]) { p in
      layer.forward(
        p[0], weight: p[1], into: p[3], count: count, scratch: [p[6]], lanes: Lanes(1))
      layer.backward(
        p[0], weight: p[1], dy: p[2], dx: p[4], dWeight: p[5], count: count, scratch: [p[6]],
        partialWeights: [], lanes: Lanes(1))
    }
    return Result(y: p[3], dx: p[4], dWeight: p[5])
  }

  /// With memory that holds other things before.
  private func winograd(
    _ layer: WinogradConvolution, _ x: [Float], _ weight: [Float], _ dy: [Float], count: Int,
    lanes: Lanes
  ) -> Result {
    let dirt = { (count: Int) in [Float](repeating: .nan, count: count) }
    let zeros = [Float](repeating: 0, count: weight.count)
    let each = { (count: Int) in Array(repeating: dirt(count), count: lanes.count) }
    let arrays =
      [x, weight, dy, dirt(dy.count), dirt(x.count), zeros, dirt(layer.factorCount)]
      + each(layer.factorCount) + each(layer.scratchCount)
    let p = withPointers(arrays) { p in
      let sums = Array(p[7..<(7 + lanes.count)])
      let scratch = Array(p[(7 + lanes.count)...])
      layer.prepare(p[1], into: p[6], lanes: lanes)
      layer.forward(p[0], factors: p[6], into: p[3], count: count, scratch: scratch, lanes: lanes)
      layer.backward(
        p[0], weight: p[1], dy: p[2], dx: p[4], dWeight: p[5], count: count, factors: p[6],
        weightSums: sums, scratch: scratch, lanes: lanes)
    }
    return Result(y: p[3], dx: p[4], dWeight: p[5])
  }

  /// √(Σ(a − b)² / Σb²)
  private func distance(_ a: [Float], _ b: [Float]) -> Double {
    var (error, size) = (0.0, 0.0)
    for (a, b) in zip(a, b) {
      error += Double(a - b) * Double(a - b)
      size += Double(b) * Double(b)
    }
    return (error / size).squareRoot()
  }

  @Test(
    arguments: WinogradKernels.usable.indices,
    [
      (GridSize(height: 8, width: 8), 32, 64, 3, 2), (GridSize(height: 7, width: 5), 64, 32, 4, 1),
      (GridSize(height: 16, width: 16), 32, 96, 2, 3),
      (GridSize(height: 4, width: 4), 64, 64, 1, 2),
    ])
  func isTheDirectConvolution(
    _ kernels: Int, _ shape: (GridSize, Int, Int, count: Int, lanes: Int)
  ) throws {
    let (grid, inputs, outputs, count, lanes) = shape
    let layer = Convolution(grid: grid, inputs: inputs, outputs: outputs)
    let fast = try #require(
      WinogradConvolution(layer, kernels: WinogradKernels.usable[kernels]))
    let x = values(count * grid.count * inputs, seed: 1)
    let weight = values(layer.weightCount, seed: 2)
    let dy = values(count * grid.count * outputs, seed: 3)
    let expected = direct(layer, x, weight, dy, count: count)
    let got = winograd(fast, x, weight, dy, count: count, lanes: Lanes(lanes))
    #expect(distance(got.y, expected.y) < 6e-7)
    #expect(distance(got.dx, expected.dx) < 6e-7)
    #expect(distance(got.dWeight, expected.dWeight) < 6e-7)
    // The same bytes again.
    let again = winograd(fast, x, weight, dy, count: count, lanes: Lanes(lanes))
    #expect(again.y == got.y && again.dx == got.dx && again.dWeight == got.dWeight)
  }

  @Test func gradientsAreThoseOfTheForwardPass() throws {
    let grid = GridSize(height: 5, width: 8)
    let layer = Convolution(grid: grid, inputs: 32, outputs: 32)
    let fast = try #require(WinogradConvolution(layer))
    let x = values(2 * grid.count * 32, seed: 4)
    let weight = values(layer.weightCount, seed: 5)
    let dy = values(2 * grid.count * 32, seed: 6)
    func output(_ x: [Float], _ weight: [Float]) -> Double {
      weightedSum(winograd(fast, x, weight, dy, count: 2, lanes: Lanes(2)).y, dy)
    }
    let got = winograd(fast, x, weight, dy, count: 2, lanes: Lanes(2))
    // Some are enough: the places in a tile and a panel repeat.
    func some(_ count: Int) -> [Int] { Array(stride(from: 0, to: count, by: 97)) }
    expectGradient(
      got.dx, matches: { output($0, weight) }, at: x, places: some(x.count), allowedKinks: 0, "dx")
    expectGradient(
      got.dWeight, matches: { output(x, $0) }, at: weight, places: some(weight.count),
      allowedKinks: 0, "dWeight")
  }

  @Test(arguments: WinogradKernels.usable.indices, [1, 3])
  func packedWeightsGiveTheDirectConvolution(_ kernels: Int, lanes: Int) throws {
    let grid = GridSize(height: 3, width: 5)
    let layer = Convolution(grid: grid, inputs: 5, outputs: 64)
    let packed = try #require(
      PackedConvolution(layer, kernels: WinogradKernels.usable[kernels]))
    let x = values(2 * grid.count * 5, seed: 7)
    let weight = values(layer.weightCount, seed: 8)
    let dy = values(2 * grid.count * 64, seed: 9)
    let expected = direct(layer, x, weight, dy, count: 2)
    let arrays = [packed.factorCount, dy.count, packed.scratchCount(images: 2)]
      .map { [Float](repeating: .nan, count: $0) }
    let got = withPointers([x, weight] + arrays) { p in
      packed.prepare(p[1], into: p[2])
      packed.forward(
        p[0], factors: p[2], into: p[3], count: 2, scratch: p[4], lanes: Lanes(lanes))
    }
    #expect(distance(got[3], expected.y) < 3e-7)
    #expect(PackedConvolution(Convolution(grid: grid, inputs: 32, outputs: 40)) == nil)
  }

  @Test func isNotUsedWhereItGainsNothing() {
    func isUsed(_ height: Int, _ inputs: Int, _ outputs: Int) -> Bool {
      let grid = GridSize(height: height, width: height)
      let layer = Convolution(grid: grid, inputs: inputs, outputs: outputs)
      return WinogradConvolution(layer) != nil
    }
    #expect(isUsed(8, 64, 128))
    #expect(!isUsed(8, 3, 64))
    #expect(!isUsed(8, 64, 40))
    #expect(!isUsed(1, 64, 64))
  }
}
