import Network
import TensorCore
import Testing

/// The layers that only some architectures have, against PyTorch in float64; see Fixtures/README.md.
@Suite struct ArchitectureLayerTests {
  let fixture: TwinFixture

  init() throws {
    _ = try BLAS.open()
    fixture = try TwinFixture("architecture-layers.safetensors")
  }

  private func expect(_ values: [Float], _ name: String) throws {
    let difference = TwinDifference.relative(values, to: try fixture.floats(name))
    #expect(difference <= 1e-5, "\(name): \(difference)")
  }

  /// [channels, 1, 3, 3] to [3, 3, channels], or back.
  private func swapped(_ weight: [Float], channels: Int, back: Bool = false) -> [Float] {
    var result = weight
    for c in 0..<channels {
      for tap in 0..<9 {
        let (outside, inside) = (c * 9 + tap, tap * channels + c)
        if back { result[outside] = weight[inside] } else { result[inside] = weight[outside] }
      }
    }
    return result
  }

  /// With the kernels of every instruction set that runs here, and with more lanes than rows divide by.
  @Test(arguments: DepthwiseKernels.usable.indices, [1, 3])
  func depthwise(kernels: Int, laneCount: Int) throws {
    let lanes = Lanes(laneCount)
    for index in 0..<5 {
      let name = "depthwise.\(index)"
      let shape = try fixture.shape("\(name).x")
      let (count, channels) = (shape[0], shape[3])
      let layer = DepthwiseConvolution(
        grid: try fixture.grid("\(name).x"), channels: channels,
        kernels: DepthwiseKernels.usable[kernels])
      let x = try fixture.floats("\(name).x")
      let weight = swapped(try fixture.floats("\(name).weight"), channels: channels)
      let zeros = [Float](repeating: 0, count: weight.count)
      let scratch = [Float](
        repeating: 7,
        count: ChannelScratch.count(channels: layer.scratchChannels, lanes: laneCount))
      let result = withPointers([
        x, weight, x, try fixture.floats("\(name).dy"), x, zeros, scratch,
      ]) { p in
        layer.forward(p[0], weight: p[1], into: p[2], count: count, lanes: lanes)
        layer.backward(
          p[0], weight: p[1], dy: p[3], dx: p[4], dWeight: p[5], count: count,
          scratch: ChannelScratch(p[6], channels: layer.scratchChannels, lanes: laneCount),
          lanes: lanes)
      }
      try expect(result[2], "\(name).y")
      try expect(result[4], "\(name).dx")
      try expect(swapped(result[5], channels: channels, back: true), "\(name).dweight")

      // With an affine map and ReLU behind.
      let (scale, shift) = (values(channels, seed: 3), values(channels, seed: 4))
      let rectified = withPointers([x, weight, x, scale, shift]) { p in
        layer.forward(
          p[0], weight: p[1], affine: .init(scale: p[3], shift: p[4]), into: p[2], count: count,
          lanes: lanes)
      }[2]
      for (place, value) in rectified.enumerated() {
        let c = place % channels
        #expect(abs(value - max(0, result[2][place] * scale[c] + shift[c])) <= 1e-5)
      }
    }
  }

  @Test(arguments: [1, 3]) func pointwise(laneCount: Int) throws {
    let lanes = Lanes(laneCount)
    for index in 0..<3 {
      let name = "pointwise.\(index)"
      let (shape, output) = (try fixture.shape("\(name).x"), try fixture.shape("\(name).y"))
      let layer = PointwiseConvolution(
        cells: shape[1] * shape[2], inputs: shape[3], outputs: output[3])
      let (x, weight) = (try fixture.floats("\(name).x"), try fixture.floats("\(name).weight"))
      let y = try fixture.floats("\(name).y")
      let zeros = [Float](repeating: 0, count: weight.count)
      let result = withPointers([
        x, weight, y.map { _ in .nan }, try fixture.floats("\(name).dy"), x, zeros,
        x.map { _ in 1 },
      ]) { p in
        layer.forward(p[0], weight: p[1], into: p[2], count: shape[0], lanes: lanes)
        layer.backward(
          p[0], weight: p[1], dy: p[3], dx: p[4], dWeight: p[5], count: shape[0], lanes: lanes)
        layer.backward(
          p[0], weight: p[1], dy: p[3], dx: p[6], accumulates: true, dWeight: p[5],
          count: shape[0], lanes: lanes)
      }
      try expect(result[2], "\(name).y")
      try expect(result[4], "\(name).dx")
      try expect(result[5].map { $0 / 2 }, "\(name).dweight")
      try expect(result[6].map { $0 - 1 }, "\(name).dx")
    }
  }

  @Test(arguments: [1, 3]) func packedProductIsThePointwiseConvolution(laneCount: Int) throws {
    let name = "pointwise.2"
    let shape = try fixture.shape("\(name).x")
    let x = try fixture.floats("\(name).x")
    let weight = try fixture.floats("\(name).weight")
    let rows = shape[0] * shape[1] * shape[2]
    let product = try #require(PackedProduct(depth: 19, outputs: 64))
    // More rows than are multiplied at a time, and fewer.
    for count in [rows, 5] {
      let y = withPointers([
        x, weight, [Float](repeating: .nan, count: product.factorCount),
        [Float](repeating: .nan, count: count * 64),
      ]) { p in
        product.prepare(p[1], into: p[2])
        product.multiply(p[0], factors: p[2], into: p[3], rows: count, lanes: Lanes(laneCount))
      }[3]
      let expected = Array(try fixture.floats("\(name).y").prefix(count * 64))
      #expect(TwinDifference.relative(y, to: expected) <= 1e-5)
    }
    #expect(rows > 128)
    #expect(PackedProduct(depth: 19, outputs: 40) == nil)
  }
}
