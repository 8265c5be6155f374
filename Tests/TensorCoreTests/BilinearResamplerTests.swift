import TensorCore
import Testing

/// The one bilinear routine against PyTorch's, and its gradient against its own definition.
@Suite struct BilinearResamplerTests {
  /// The map and gradient that bilinear_goldens.py put in: ((i + 1) · factor mod 251) / 256.
  private static func pattern(_ count: Int, _ factor: Int) -> [Float] {
    (0..<count).map { Float(($0 + 1) * factor % 251) / 256 }
  }

  private static func largestDifference(_ values: [Float], step: Int, _ golden: [Float]) -> Float {
    zip(stride(from: 0, to: values.count, by: step), golden)
      .map { abs(values[$0] - $1) }.max() ?? .infinity
  }

  private static func gradient(_ resampler: BilinearResampler, _ result: [Float]) -> [Float] {
    var gradient = [Float](repeating: 0, count: resampler.source.count)
    resampler.addGradient(result, to: &gradient)
    return gradient
  }

  @Test(arguments: BilinearGolden.all)
  func forwardIsPyTorchs(golden: BilinearGolden) {
    let resampler = BilinearResampler(from: golden.source, to: golden.target)
    let result = resampler.resample(Self.pattern(golden.source.count, 37))
    #expect(result.count == golden.target.count)
    #expect(golden.result.count == (result.count + golden.resultStep - 1) / golden.resultStep)
    // REPORT_SPEC's bar. Values are below 1.
    #expect(Self.largestDifference(result, step: golden.resultStep, golden.result) <= 1e-6)
  }

  @Test(arguments: BilinearGolden.all)
  func gradientIsPyTorchs(golden: BilinearGolden) {
    let resampler = BilinearResampler(from: golden.source, to: golden.target)
    let gradient = Self.gradient(resampler, Self.pattern(golden.target.count, 91))
    #expect(
      golden.gradient.count == (gradient.count + golden.gradientStep - 1) / golden.gradientStep)
    // Sums of up to 50,176 values that do not cancel: relative to the largest.
    let largest = golden.gradient.map(abs).max() ?? 0
    let difference = Self.largestDifference(gradient, step: golden.gradientStep, golden.gradient)
    #expect(difference <= 5e-6 * largest)
  }

  /// ⟨Rx, y⟩ = ⟨x, Rᵀy⟩ holds for the exact transpose and for nothing else, if tried with enough vectors.
  @Test(arguments: BilinearGolden.all)
  func gradientIsTheTranspose(golden: BilinearGolden) {
    let resampler = BilinearResampler(from: golden.source, to: golden.target)
    var generator = SeededGenerator(seed: 5, stream: "adjoint")
    for _ in 0..<5 {
      let x = (0..<golden.source.count).map { _ in Float(generator.uniform(-1, 1)) }
      let y = (0..<golden.target.count).map { _ in Float(generator.uniform(-1, 1)) }
      let left = zip(resampler.resample(x), y).map { Double($0) * Double($1) }
      let transposed = Self.gradient(resampler, y)
      let right = zip(x, transposed).map { Double($0) * Double($1) }
      let scale = left.map(abs).reduce(0, +)
      #expect(abs(left.reduce(0, +) - right.reduce(0, +)) <= 1e-6 * scale)
    }
  }

  @Test func gradientIsAddedToWhatIsThere() {
    let resampler = BilinearResampler(
      from: GridSize(height: 2, width: 3), to: GridSize(height: 4, width: 5))
    let result = Self.pattern(20, 91)
    let fresh = Self.gradient(resampler, result)
    var sum = [Float](repeating: 2, count: 6)
    resampler.addGradient(result, to: &sum)
    for (total, part) in zip(sum, fresh) { #expect(abs(total - part - 2) <= 1e-6) }
  }

  @Test(arguments: BilinearGolden.all)
  func constantMapStaysConstant(golden: BilinearGolden) {
    let resampler = BilinearResampler(from: golden.source, to: golden.target)
    let result = resampler.resample([Float](repeating: 0.75, count: golden.source.count))
    #expect(result.allSatisfy { abs($0 - 0.75) <= 1e-6 })
    // The weights of each output cell sum to 1, so a gradient of ones sums to the number of cells.
    let gradient = Self.gradient(resampler, [Float](repeating: 1, count: golden.target.count))
    let sum = gradient.reduce(0) { $0 + Double($1) }
    #expect(abs(sum - Double(golden.target.count)) <= 1e-6 * Double(golden.target.count))
  }

  @Test func sameGridIsTheIdentity() {
    let grid = GridSize(height: 5, width: 4)
    let map = Self.pattern(20, 37)
    let resampler = BilinearResampler(from: grid, to: grid)
    #expect(resampler.resample(map) == map)
    #expect(Self.gradient(resampler, map) == map)
  }

  /// By hand: cells at 0.25 and 0.75 of a row [0, 1] widened to four read −0.25 → 0, 0.25, 0.75, 1.25 → 1.
  @Test func halfPixelCentresWithClampedEdges() {
    let resampler = BilinearResampler(
      from: GridSize(height: 1, width: 2), to: GridSize(height: 1, width: 4))
    #expect(resampler.resample([0, 1]) == [0, 0.25, 0.75, 1])
    #expect(Self.gradient(resampler, [1, 1, 1, 1]) == [2, 2])
    #expect(Self.gradient(resampler, [0, 1, 0, 0]) == [0.75, 0.25])
  }

  /// In Double: the same numbers but for Float's rounding, and a true transpose: ⟨R·x, y⟩ = ⟨x, Rᵀ·y⟩.
  @Test(arguments: BilinearGolden.all)
  func doublesAgree(golden: BilinearGolden) {
    let resampler = BilinearResampler(from: golden.source, to: golden.target)
    let map = Self.pattern(golden.source.count, 37)
    let values = Self.pattern(golden.target.count, 91)
    let doubles = resampler.resample(map.map(Double.init))
    let difference = zip(doubles, resampler.resample(map)).map { abs($0 - Double($1)) }.max() ?? 1
    #expect(difference <= 2e-7)
    let transposed = resampler.transposed(values.map(Double.init))
    let forward = zip(doubles, values).reduce(0) { $0 + $1.0 * Double($1.1) }
    let backward = zip(transposed, map).reduce(0) { $0 + $1.0 * Double($1.1) }
    #expect(abs(forward - backward) <= 1e-12 * abs(forward))
  }
}
