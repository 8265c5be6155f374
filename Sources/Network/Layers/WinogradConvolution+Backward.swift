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
        kernels.table.backward_weights(
          weight, Int32(outputs), Int32(inputs), first, last, factors)
      }
    }
    if sharesTiles(count) {
      backwardByChannels(
        x, dy, dx, factors, weightSums[0], count: count, scratch: scratch, lanes: lanes)
      return addGradient(weightSums.prefix(1), to: dWeight, lanes) { _ in true }
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
          m, v, size, Int32(outputs), Int32(inputs), 0, Int32(outputs),
          first == tiles.lowerBound ? 0 : 1, rest, weightSums[lane])
        if let dx {
          kernels.table.multiply(
            m, factors, Int32(Self.frequencies), size, Int32(outputs), Int32(inputs), 0,
            Int32(inputs), v)
          kernels.table.input_gradient(v, inputGrid, start, size, dx)
        }
      }
    }
    // A lane without images has no sum.
    addGradient(weightSums.prefix(lanes.count), to: dWeight, lanes) {
      !lanes.range($0, of: count).isEmpty
    }
  }

  /// All tiles at once: every lane takes a part of the tiles, then of the channels, then of the images.
  private func backwardByChannels(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>?,
    _ factors: UnsafePointer<Float>, _ weightSum: UnsafeMutablePointer<Float>, count: Int,
    scratch: [UnsafeMutablePointer<Float>], lanes: Lanes
  ) {
    let total = count * tilesPerImage
    let (v, m, _) = parts(of: scratch[0])
    lanes.run(over: total) { _, tiles in
      let (first, size) = (Int32(tiles.lowerBound), Int32(tiles.count))
      kernels.table.input(x, inputGrid, first, size, v.advanced(by: tiles.lowerBound))
      kernels.table.output_gradient(dy, outputGrid, first, size, m.advanced(by: tiles.lowerBound))
    }
    kernels.overPanels(of: outputs, lanes) { lane, first, last in
      kernels.table.weight_product(
        m, v, Int32(total), Int32(outputs), Int32(inputs), first, last, 0,
        parts(of: scratch[lane]).rest, weightSum)
    }
    guard let dx else { return }
    kernels.overPanels(of: inputs, lanes) { _, first, last in
      kernels.table.multiply(
        m, factors, Int32(Self.frequencies), Int32(total), Int32(outputs), Int32(inputs), first,
        last, v)
    }
    lanes.run(over: count) { _, images in
      let cells = grid.count * inputs
      (dx + images.lowerBound * cells).update(repeating: 0, count: images.count * cells)
      let first = images.lowerBound * tilesPerImage
      kernels.table.input_gradient(
        v.advanced(by: first), inputGrid, Int32(first), Int32(images.count * tilesPerImage), dx)
    }
  }

  /// The gradient of the weights from sums of that of their transform.
  /// - Parameter isFilled: whether there is a sum at an index.
  private func addGradient(
    _ sums: ArraySlice<UnsafeMutablePointer<Float>>, to dWeight: UnsafeMutablePointer<Float>,
    _ lanes: Lanes, where isFilled: (Int) -> Bool
  ) {
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: sums.count) { filled in
      var count = 0
      for index in sums.indices where isFilled(index) {
        filled.initializeElement(at: count, to: UnsafePointer(sums[index]))
        count += 1
      }
      let filled = UnsafePointer(filled.baseAddress!)
      overOutputs(lanes) { first, last in
        kernels.table.weight_gradient(
          filled, Int32(count), Int32(outputs), Int32(inputs), first, last, dWeight)
      }
    }
  }
}
