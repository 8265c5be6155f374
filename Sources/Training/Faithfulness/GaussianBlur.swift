import Glibc
import TensorCore

/// A Gaussian blur: along columns, then along rows, weights exp(−d²/2σ²) for |d| ≤ ⌊4σ + ½⌋, divided by their sum;
/// beyond an edge its nearest pixel counts (SciPy's `gaussian_filter(mode="nearest")`).
package struct GaussianBlur: Sendable {
  private let grid: GridSize
  private let channels: Int
  private let weights: [Double]
  private var radius: Int { weights.count / 2 }

  package init(grid: GridSize, channels: Int, deviation: Double) {
    precondition(deviation > 0, "a positive deviation is needed, got \(deviation)")
    self.grid = grid
    self.channels = channels
    let radius = Int(4 * deviation + 0.5)
    let raw = (-radius...radius).map { exp(-0.5 * Double($0 * $0) / (deviation * deviation)) }
    let sum = raw.reduce(0, +)
    weights = raw.map { $0 / sum }
  }

  /// - Parameters:
  ///   - image: [height, width, channels].
  ///   - result: the same shape; overwritten.
  package func apply(_ image: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    let rowCount = grid.width * channels
    var middle = [Double](repeating: 0, count: grid.count * channels)
    for row in 0..<grid.height {
      for (tap, weight) in weights.enumerated() {
        let source = min(max(row + tap - radius, 0), grid.height - 1) * rowCount
        for offset in 0..<rowCount {
          middle[row * rowCount + offset] += weight * Double(image[source + offset])
        }
      }
    }
    for row in 0..<grid.height {
      for column in 0..<grid.width {
        for channel in 0..<channels {
          var sum = 0.0
          for (tap, weight) in weights.enumerated() {
            let source = min(max(column + tap - radius, 0), grid.width - 1)
            sum += weight * middle[row * rowCount + source * channels + channel]
          }
          result[row * rowCount + column * channels + channel] = Float(sum)
        }
      }
    }
  }
}
