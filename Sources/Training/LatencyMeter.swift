import Datasets
import Network
import Recordings
import TensorCore

/// Measures how long a trained network takes for one image at a time, stopping at each exit and at a threshold.
public enum LatencyMeter {
  /// Of more images, that many are measured, evenly spread over the part.
  private static let mostImages = 200
  private static let rounds = 3

  /// - Parameters:
  ///   - split: the part whose images are answered; one image at least.
  ///   - threshold: the confidence at which the early stop stops.
  public static func measure(
    _ network: EarlyExitNetwork, run manifest: RunManifest, on split: ImageSplit,
    threshold: Double, lanes: Lanes
  ) throws(TensorFault) -> MeasuredLatency {
    let count = min(split.count, mostImages)
    let images = SingleImages(
      network, normalization: manifest.normalization, split: split,
      samples: (0..<count).map { $0 * split.count / count }, lanes: lanes)
    let final = images.exitCount - 1
    var shares = [Double](repeating: 0, count: images.exitCount)
    // Both ways once, which warms up too.
    for image in 0..<count {
      _ = images.answer(image, stoppingAt: final)
      shares[images.answer(image, threshold: threshold).exit - 1] += 1 / Double(count)
    }
    var exits = [[Double]](repeating: [], count: images.exitCount)
    var (stopped, speedups): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
      for exit in 0...final {
        exits[exit] += times(count) { _ = images.answer($0, stoppingAt: exit) }
      }
      let round = times(count) { _ = images.answer($0, threshold: threshold) }
      stopped += round
      speedups.append(exits[final].suffix(count).reduce(0, +) / round.reduce(0, +))
    }
    return MeasuredLatency(
      exits: exits.map { MeasuredLatency.Times($0) },
      earlyStop: MeasuredLatency.EarlyStop(
        threshold: threshold, times: MeasuredLatency.Times(stopped), shares: shares,
        speedup: speedups.sorted()[rounds / 2]),
      images: count, rounds: rounds, threads: lanes.count,
      machine: try MachineDescription.current(lanes: lanes).settings)
  }

  /// Milliseconds of each image.
  private static func times(_ count: Int, _ work: (Int) -> Void) -> [Double] {
    let clock = ContinuousClock()
    return (0..<count).map { image in
      let elapsed = clock.measure { work(image) }.components
      return Double(elapsed.seconds) * 1e3 + Double(elapsed.attoseconds) * 1e-15
    }
  }
}
