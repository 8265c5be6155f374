import CWinograd
import TensorCore

/// The 3×3 convolution of `Convolution` for few cells: there the time goes into reading the weights, which
/// are fewer than their Winograd transform (9 against 16) and are packed once, not in every product.
package struct PackedConvolution: Sendable {
  package let convolution: Convolution
  private let kernels: WinogradKernels

  /// nil where the kernels' panels do not divide the outputs.
  package init?(_ convolution: Convolution, kernels: WinogradKernels = .best) {
    guard convolution.outputs % EXL_WINOGRAD_CHANNELS == 0 else { return nil }
    self.convolution = convolution
    self.kernels = kernels
  }

  /// Floats of the packed weights.
  package var factorCount: Int { convolution.weightCount }

  /// Floats of scratch, shared by the lanes.
  package func scratchCount(images: Int) -> Int {
    images * convolution.grid.count * convolution.patch
  }

  /// - Parameters:
  ///   - weight: [outputs, 3, 3, inputs].
  ///   - factors: `factorCount` floats; overwritten.
  package func prepare(_ weight: UnsafePointer<Float>, into factors: UnsafeMutablePointer<Float>) {
    let (patch, panel) = (convolution.patch, Int(kernels.table.panel))
    for output in 0..<convolution.outputs {
      let source = weight + output * patch
      let target = factors + output / panel * panel * patch + output % panel
      for index in 0..<patch { target[index * panel] = source[index] }
    }
  }

  /// - Parameters:
  ///   - x: [count, grid.height, grid.width, inputs].
  ///   - y: [count, grid.height, grid.width, outputs]; overwritten.
  ///   - scratch: `scratchCount` floats.
  package func forward(
    _ x: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, count: Int, scratch: UnsafeMutablePointer<Float>,
    lanes: Lanes
  ) {
    let (grid, patch, outputs) = (convolution.grid, convolution.patch, convolution.outputs)
    lanes.run(over: count * grid.height) { _, rows in
      convolution.gather(
        x, rows: rows, into: scratch + rows.lowerBound * grid.width * patch)
    }
    let patches = exl_winograd_planes(data: scratch, stride: patch, plane: 0)
    let result = exl_winograd_planes(data: y, stride: outputs, plane: 0)
    kernels.overPanels(of: outputs, lanes) { _, first, last in
      kernels.table.multiply(
        patches, factors, 1, Int32(count * grid.count), Int32(patch), Int32(outputs), first, last,
        result)
    }
  }
}
