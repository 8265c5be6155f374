import TensorCore

/// Sums over cells, one a channel: floats within a short run of cells, doubles above, so that a sum over a
/// hundred thousand cells keeps its digits. Each lane sums a fixed part; parts are added in order.
package enum ChannelSums {
  /// Cells summed in single precision before they reach the double.
  package static let run = 32

  /// Σ y over cells: [channels], valid until the scratch is used again.
  package static func sums(
    of y: UnsafePointer<Float>, cells: Int, channels: Int, scratch: ChannelScratch, lanes: Lanes
  ) -> UnsafeMutablePointer<Double> {
    reduce(units: cells, width: channels, scratch: scratch, lanes: lanes) { unit, sum in
      let cell = y + unit * channels
      for c in 0..<channels { sum[c] += cell[c] }
    }
  }

  /// Σ (y − centre)² over cells: [channels], valid until the scratch is used again.
  package static func squares(
    of y: UnsafePointer<Float>, minus centre: UnsafePointer<Float>, cells: Int, channels: Int,
    scratch: ChannelScratch, lanes: Lanes
  ) -> UnsafeMutablePointer<Double> {
    reduce(units: cells, width: channels, scratch: scratch, lanes: lanes) { unit, sum in
      let cell = y + unit * channels
      for c in 0..<channels {
        let difference = cell[c] - centre[c]
        sum[c] += difference * difference
      }
    }
  }

  /// Adds up what `add` contributes for every unit.
  /// - Parameters:
  ///   - width: floats of the sum.
  ///   - add: adds one unit's contribution to the float sum; called in order within a lane.
  /// - Returns: [width], valid until the scratch is used again.
  package static func reduce(
    units: Int, width: Int, scratch: ChannelScratch, lanes: Lanes,
    _ add: (_ unit: Int, _ sum: UnsafeMutablePointer<Float>) -> Void
  ) -> UnsafeMutablePointer<Double> {
    let totals = scratch.clearedTotals(width: width, lanes: lanes.count)
    lanes.run(over: units) { lane, range in
      let total = totals + lane * width
      let sum = scratch.run(lane: lane)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: run) {
        sum.update(repeating: 0, count: width)
        for unit in start..<min(start + run, range.upperBound) { add(unit, sum) }
        for c in 0..<width { total[c] += Double(sum[c]) }
      }
    }
    for lane in 1..<max(lanes.count, 1) {
      for c in 0..<width { totals[c] += totals[lane * width + c] }
    }
    return totals
  }
}
