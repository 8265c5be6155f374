import TensorCore

/// Sums over cells, one a channel: floats within a short run of cells, doubles above, so that a sum over a
/// hundred thousand cells keeps its digits. Each lane sums a fixed part; parts are added in order.
package enum ChannelSums {
  /// Cells summed in single precision before they reach the double.
  package static let run = 32

  /// Σ y over cells.
  package static func sums(
    of y: UnsafePointer<Float>, cells: Int, channels: Int, lanes: Lanes
  ) -> [Double] {
    reduce(units: cells, width: channels, lanes: lanes) { unit, sum in
      let cell = y + unit * channels
      for c in 0..<channels { sum[c] += cell[c] }
    }
  }

  /// Σ (y − centre)² over cells.
  package static func squares(
    of y: UnsafePointer<Float>, minus centre: [Float], cells: Int, channels: Int, lanes: Lanes
  ) -> [Double] {
    centre.withUnsafeBufferPointer { centre in
      let centre = centre.baseAddress!
      return reduce(units: cells, width: channels, lanes: lanes) { unit, sum in
        let cell = y + unit * channels
        for c in 0..<channels {
          let difference = cell[c] - centre[c]
          sum[c] += difference * difference
        }
      }
    }
  }

  /// Adds up what `add` contributes for every unit.
  /// - Parameters:
  ///   - width: floats of the sum.
  ///   - add: adds one unit's contribution to the float sum; called in order within a lane.
  package static func reduce(
    units: Int, width: Int, lanes: Lanes,
    _ add: (_ unit: Int, _ sum: UnsafeMutablePointer<Float>) -> Void
  ) -> [Double] {
    var totals = [Double](repeating: 0, count: width * lanes.count)
    totals.withUnsafeMutableBufferPointer { totals in
      let totals = UnsafeMutableBufferPointer(rebasing: totals[...])
      lanes.run(over: units) { lane, range in
        let total = totals.baseAddress! + lane * width
        withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { sum in
          let sum = sum.baseAddress!
          for start in stride(from: range.lowerBound, to: range.upperBound, by: run) {
            sum.initialize(repeating: 0, count: width)
            for unit in start..<min(start + run, range.upperBound) { add(unit, sum) }
            for c in 0..<width { total[c] += Double(sum[c]) }
          }
        }
      }
    }
    return (0..<width).map { c in (0..<lanes.count).reduce(0) { $0 + totals[$1 * width + c] } }
  }
}
