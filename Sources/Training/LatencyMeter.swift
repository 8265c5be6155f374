import Datasets
import Network
import Recordings
import TensorCore

/// Measures how long a trained network takes for one image at a time, stopping at each exit and at a threshold.
///
/// An image's time is the fastest of its rounds: what the network takes, not what else the machine does. All images
/// of a round run one after the other, so that caches are as warm as in use.
package enum LatencyMeter {
  /// Of more images, that many are measured, evenly spread over the part.
  private static let mostImages = 200
  private static let rounds = 5

  /// - Parameters:
  ///   - split: the part whose images are answered; one image at least.
  ///   - threshold: the confidence at which the early stop stops.
  package static func measure(
    _ network: EarlyExitNetwork, run manifest: RunManifest, on split: ImageSplit,
    threshold: Double, lanes: Lanes
  ) throws(TensorFault) -> MeasuredLatency {
    let count = min(split.count, mostImages)
    let images = SingleImages(
      network, normalization: manifest.normalization, split: split,
      samples: (0..<count).map { $0 * split.count / count }, lanes: lanes)
    let final = images.exitCount - 1
    var leaving = [Int](repeating: 0, count: images.exitCount)
    // Both ways once, which warms up too.
    for image in 0..<count {
      _ = images.answer(image, stoppingAt: final)
      leaving[images.answer(image, threshold: threshold).exit - 1] += 1
    }
    let never = [Double](repeating: .infinity, count: count)
    var exits = [[Double]](repeating: never, count: images.exitCount)
    var stopped = never
    for _ in 0..<rounds {
      for exit in 0...final {
        shorten(&exits[exit]) { _ = images.answer($0, stoppingAt: exit) }
      }
      shorten(&stopped) { _ = images.answer($0, threshold: threshold) }
    }
    return MeasuredLatency(
      exits: exits.map { MeasuredLatency.Times($0) },
      earlyStop: MeasuredLatency.EarlyStop(
        threshold: threshold, times: MeasuredLatency.Times(stopped),
        shares: leaving.map { Double($0) / Double(count) },
        speedup: exits[final].reduce(0, +) / stopped.reduce(0, +)),
      images: count, rounds: rounds, threads: lanes.count,
      machine: try MachineDescription.current(lanes: lanes).settings)
  }

  /// Runs each image once more, and keeps its time in milliseconds where it is the fastest so far.
  private static func shorten(_ times: inout [Double], _ work: (Int) -> Void) {
    let clock = ContinuousClock()
    for image in times.indices {
      let elapsed = clock.measure { work(image) }.components
      let milliseconds = Double(elapsed.seconds) * 1e3 + Double(elapsed.attoseconds) * 1e-15
      times[image] = min(times[image], milliseconds)
    }
  }
}
