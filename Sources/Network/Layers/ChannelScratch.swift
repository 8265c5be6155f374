import TensorCore

/// Memory that layers need for sums by channel: made once, so that a training step allocates nothing, and
/// shared by all layers of a pass, as each is done with it before the next begins.
package struct ChannelScratch {
  /// The widest layer it serves.
  package let channels: Int
  private let lanes: Int
  /// [channels]: γ/σ of a batch norm, and β − μ·γ/σ.
  package let scale: UnsafeMutablePointer<Float>
  package let shift: UnsafeMutablePointer<Float>
  /// [channels]: what the gradient of a batch norm subtracts: constant + slope·(y − μ).
  package let constant: UnsafeMutablePointer<Float>
  package let slope: UnsafeMutablePointer<Float>
  package var affine: BatchNorm.Affine { BatchNorm.Affine(scale: scale, shift: shift) }
  private let totals: UnsafeMutablePointer<Double>
  private let runs: UnsafeMutablePointer<Float>

  /// Floats of memory that it takes.
  package static func count(channels: Int, lanes: Int) -> Int {
    // Per lane, two sums a channel: as doubles (two floats each) and as floats.
    4 * channels + lanes * 2 * channels * 3
  }

  /// - Parameter memory: `count` floats, aligned to a double.
  package init(_ memory: UnsafeMutablePointer<Float>, channels: Int, lanes: Int) {
    self.channels = channels
    self.lanes = lanes
    let doubles = lanes * 2 * channels
    let sums = UnsafeMutableRawPointer(memory)
    totals = sums.bindMemory(to: Double.self, capacity: doubles)
    let floats = (sums + doubles * MemoryLayout<Double>.stride)
      .bindMemory(to: Float.self, capacity: doubles + 4 * channels)
    runs = floats
    scale = floats + doubles
    shift = scale + channels
    constant = shift + channels
    slope = constant + channels
  }

  /// The lanes' sums of `width` values, one lane after the other: zeros.
  func clearedTotals(width: Int, lanes count: Int) -> UnsafeMutablePointer<Double> {
    precondition(
      width <= 2 * channels && count <= lanes,
      "\(width) sums for \(count) lanes, made for \(2 * channels) and \(lanes)")
    totals.update(repeating: 0, count: width * count)
    return totals
  }

  /// A lane's sum over a short run of cells.
  func run(lane: Int) -> UnsafeMutablePointer<Float> { runs + lane * 2 * channels }
}
