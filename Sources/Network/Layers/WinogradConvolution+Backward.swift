import CWinograd
import TensorCore

extension WinogradConvolution {
  /// - Parameters:
  ///   - x: [count, grid.height, grid.width, inputs].
  ///   - weight: [outputs, 3, 3, inputs].
  ///   - dy: [count, grid.height, grid.width, outputs].
  ///   - dx: [count, grid.height, grid.width, inputs]; overwritten. nil where no gradient is wanted.
  ///   - dWeight: accumulated into.
  ///   - factors: `factorCount` floats; overwritten.
  ///   - weightSums: `factorCount` floats a lane.
  ///   - scratch: one block of `scratchCount` floats a lane.
  package func backward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>?, dWeight: UnsafeMutablePointer<Float>, count: Int,
    factors: UnsafeMutablePointer<Float>, weightSums: [UnsafeMutablePointer<Float>],
    scratch: [UnsafeMutablePointer<Float>], lanes: Lanes
  ) {
    if dx != nil {
      overOutputs(lanes) { first, last in
        kernels.table.weights(weight, Int32(outputs), Int32(inputs), first, last, nil, factors)
      }
    }
    // Lanes split by image, because the tiles of one image write into each other's dx.
    lanes.run(over: count) { lane, images in
      if let dx {
        let cells = grid.count * inputs
        (dx + images.lowerBound * cells).update(repeating: 0, count: images.count * cells)
      }
      let tiles = (images.lowerBound * tilesPerImage)..<(images.upperBound * tilesPerImage)
      let (v, m, rest) = parts(of: scratch[lane])
      for first in stride(from: tiles.lowerBound, to: tiles.upperBound, by: Self.tilesAtATime) {
        let (start, size) = (Int32(first), Int32(min(Self.tilesAtATime, tiles.upperBound - first)))
        kernels.table.input(x, inputGrid, start, size, v)
        kernels.table.output_gradient(dy, outputGrid, start, size, m)
        kernels.table.weight_product(
          m, v, size, Int32(outputs), Int32(inputs), first == tiles.lowerBound ? 0 : 1, rest,
          weightSums[lane])
        if let dx {
          kernels.table.multiply(
            m, factors, size, Int32(outputs), Int32(inputs), 0, Int32(inputs), v)
          kernels.table.input_gradient(v, inputGrid, start, size, dx)
        }
      }
    }
    // A lane without images has no sum.
    let sums: [UnsafePointer<Float>?] = (0..<lanes.count)
      .filter { !lanes.range($0, of: count).isEmpty }.map { UnsafePointer(weightSums[$0]) }
    overOutputs(lanes) { first, last in
      kernels.table.weight_gradient(
        sums, Int32(sums.count), Int32(outputs), Int32(inputs), first, last, dWeight)
    }
  }
}
