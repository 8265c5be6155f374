import CWinograd
import TensorCore

/// y = x · Wᵀ for weights that stay the same over many calls and are packed once: x [rows, depth],
/// W [outputs, depth], y [rows, outputs].
package struct PackedProduct: Sendable {
  package let depth: Int
  package let outputs: Int
  private let kernels: WinogradKernels

  /// nil where the kernels' panels do not divide the outputs.
  package init?(depth: Int, outputs: Int, kernels: WinogradKernels = .best) {
    guard outputs % EXL_WINOGRAD_CHANNELS == 0 else { return nil }
    self.depth = depth
    self.outputs = outputs
    self.kernels = kernels
  }

  /// Rows that stay in the caches while all weights pass by.
  private static let rowsAtATime = 128

  /// Floats of the packed weights.
  package var factorCount: Int { outputs * depth }

  /// - Parameters:
  ///   - weight: [outputs, depth].
  ///   - factors: `factorCount` floats; overwritten.
  package func prepare(_ weight: UnsafePointer<Float>, into factors: UnsafeMutablePointer<Float>) {
    let panel = Int(kernels.table.panel)
    for output in 0..<outputs {
      let source = weight + output * depth
      let target = factors + output / panel * panel * depth + output % panel
      for index in 0..<depth { target[index * panel] = source[index] }
    }
  }

  /// - Parameters:
  ///   - x: [rows, depth]; not changed.
  ///   - factors: from `prepare`.
  ///   - y: [rows, outputs]; overwritten.
  package func multiply(
    _ x: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, rows: Int, lanes: Lanes
  ) {
    // The kernel's planes may be written to, but it only reads those of its first factor.
    let x = UnsafeMutablePointer(mutating: x)
    if rows <= Self.rowsAtATime {
      // Each lane takes its own part of the weights, which are more than all else.
      kernels.overPanels(of: outputs, lanes) { _, first, last in
        multiply(x, factors, y, rows: 0..<rows, first, last)
      }
      return
    }
    lanes.run(over: rows) { _, part in
      for start in stride(from: part.lowerBound, to: part.upperBound, by: Self.rowsAtATime) {
        multiply(
          x, factors, y, rows: start..<min(start + Self.rowsAtATime, part.upperBound), 0,
          Int32(outputs))
      }
    }
  }

  private func multiply(
    _ x: UnsafeMutablePointer<Float>, _ factors: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, rows: Range<Int>, _ first: Int32, _ last: Int32
  ) {
    kernels.table.multiply(
      exl_winograd_planes(data: x + rows.lowerBound * depth, stride: depth, plane: 0), factors, 1,
      Int32(rows.count), Int32(depth), Int32(outputs), first, last,
      exl_winograd_planes(data: y + rows.lowerBound * outputs, stride: outputs, plane: 0))
  }
}
