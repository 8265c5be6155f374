import CWinograd
import TensorCore

/// The 3×3 convolution of `Convolution` by Winograd's F(2×2, 3×3): 4/9 of the multiplications.
///
/// y = Aᵀ[(G w Gᵀ) ⊙ (Bᵀ x B)]A tile by tile (Lavin and Gray, 2016), so that the sum over channels is 16
/// matrix products, one a frequency. The gradients are the adjoints of the same maps. Against sums in
/// Double the relative RMS error is 2e-7, that of the direct sum.
package struct WinogradConvolution: Sendable {
  package let grid: GridSize
  package let inputs: Int
  package let outputs: Int
  let kernels: WinogradKernels

  /// nil where it would gain nothing: odd numbers of channels, or grids that fill tiles badly.
  package init?(_ convolution: Convolution, kernels: WinogradKernels = .best) {
    grid = convolution.grid
    inputs = convolution.inputs
    outputs = convolution.outputs
    self.kernels = kernels
    let channels = EXL_WINOGRAD_CHANNELS
    guard inputs % channels == 0, outputs % channels == 0 else { return nil }
    guard Double(Self.frequencies * tilesPerImage) <= 0.7 * Double(9 * grid.count) else {
      return nil
    }
  }

  static let frequencies = EXL_WINOGRAD_FREQUENCIES
  /// Tiles between two transforms: enough to pay for reading the weights, few enough for the caches.
  static let tilesAtATime = 128
  /// Rows of channels lie this much further apart than needed: at powers of two they would share cache sets.
  private static let padding = 16

  var tilesPerImage: Int { ((grid.height + 1) / 2) * ((grid.width + 1) / 2) }

  /// Floats of the transformed weights, and of a lane's sum of their gradient.
  package var factorCount: Int { Self.frequencies * inputs * outputs }

  private var inputRow: Int { inputs + Self.padding }
  private var outputRow: Int { outputs + Self.padding }

  /// Floats of scratch a lane needs.
  package var scratchCount: Int {
    Self.frequencies * Self.tilesAtATime * (inputRow + outputRow)
      + exl_winograd_scratch(Int32(Self.tilesAtATime), Int32(outputs), Int32(inputs))
  }

  var inputGrid: exl_winograd_grid { shape(inputs) }
  var outputGrid: exl_winograd_grid { shape(outputs) }

  private func shape(_ channels: Int) -> exl_winograd_grid {
    exl_winograd_grid(
      height: Int32(grid.height), width: Int32(grid.width), channels: Int32(channels))
  }

  /// A lane's scratch: transformed inputs, transformed outputs, and what the weight products need.
  func parts(of scratch: UnsafeMutablePointer<Float>) -> (
    input: exl_winograd_planes, output: exl_winograd_planes, rest: UnsafeMutablePointer<Float>
  ) {
    let tiles = Self.tilesAtATime
    let output = scratch + Self.frequencies * tiles * inputRow
    return (
      exl_winograd_planes(data: scratch, stride: inputRow, plane: tiles * inputRow),
      exl_winograd_planes(data: output, stride: outputRow, plane: tiles * outputRow),
      output + Self.frequencies * tiles * outputRow
    )
  }

  /// Whether a batch is one block of tiles, which the lanes share; each then takes its own part of the
  /// weights, so that these, larger than all else, are read once.
  func sharesTiles(_ count: Int) -> Bool { count * tilesPerImage <= Self.tilesAtATime }

  /// Transforms weights for `forward`.
  /// - Parameters:
  ///   - weight: [outputs, 3, 3, inputs].
  ///   - factors: `factorCount` floats; overwritten.
  package func prepare(
    _ weight: UnsafePointer<Float>, into factors: UnsafeMutablePointer<Float>, lanes: Lanes
  ) {
    overOutputs(lanes) { first, last in
      kernels.table.forward_weights(
        weight, Int32(outputs), Int32(inputs), first, last, factors)
    }
  }

  /// Runs the body on each lane's part of the output channels, in whole packed panels.
  func overOutputs(_ lanes: Lanes, _ body: (_ first: Int32, _ last: Int32) -> Void) {
    kernels.overPanels(of: outputs, lanes) { _, first, last in body(first, last) }
  }

  /// - Parameters:
  ///   - x: [count, grid.height, grid.width, inputs].
  ///   - factors: from `prepare`.
  ///   - y: [count, grid.height, grid.width, outputs]; overwritten.
  ///   - scratch: one block of `scratchCount` floats a lane.
  package func forward(
    _ x: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, count: Int, scratch: [UnsafeMutablePointer<Float>],
    lanes: Lanes
  ) {
    if sharesTiles(count) {
      return forwardByOutputs(x, factors, y, count: count, scratch: scratch[0], lanes: lanes)
    }
    lanes.run(over: count * tilesPerImage) { lane, tiles in
      let (v, m, _) = parts(of: scratch[lane])
      for first in stride(from: tiles.lowerBound, to: tiles.upperBound, by: Self.tilesAtATime) {
        let size = Int32(min(Self.tilesAtATime, tiles.upperBound - first))
        kernels.table.input(x, inputGrid, Int32(first), size, v)
        kernels.table.multiply(
          v, factors, Int32(Self.frequencies), size, Int32(inputs), Int32(outputs), 0,
          Int32(outputs), m)
        kernels.table.output(m, outputGrid, Int32(first), size, y)
      }
    }
  }

  private func forwardByOutputs(
    _ x: UnsafePointer<Float>, _ factors: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    count: Int, scratch: UnsafeMutablePointer<Float>, lanes: Lanes
  ) {
    let tiles = Int32(count * tilesPerImage)
    let (v, m, _) = parts(of: scratch)
    lanes.run(over: Int(tiles)) { _, tiles in
      kernels.table.input(
        x, inputGrid, Int32(tiles.lowerBound), Int32(tiles.count), v.advanced(by: tiles.lowerBound))
    }
    overOutputs(lanes) { first, last in
      kernels.table.multiply(
        v, factors, Int32(Self.frequencies), tiles, Int32(inputs), Int32(outputs), first, last, m)
    }
    lanes.run(over: Int(tiles)) { _, tiles in
      kernels.table.output(
        m.advanced(by: tiles.lowerBound), outputGrid, Int32(tiles.lowerBound), Int32(tiles.count), y
      )
    }
  }
}

extension exl_winograd_planes {
  /// The planes from a tile on.
  func advanced(by tiles: Int) -> exl_winograd_planes {
    exl_winograd_planes(data: data + tiles * stride, stride: stride, plane: plane)
  }
}
