import CommandLineKit
import Datasets
import FileKit
import Foundation
import TensorCore
import Training

/// Measures how fast the networks of a sweep answer: when nothing trains any more, one after the other.
struct SweepTimer {
  let folder: SweepFolder
  let plan: SweepPlan
  /// The confidence at which the early stop stops.
  let threshold: Double

  /// Times every finished run that has no times yet.
  /// - Parameter images: The plan's, where they were read already.
  func run(on images: ImageDataset?) throws {
    let waiting = plan.runs.filter { folder.isDone($0.name) && !folder.hasLatency($0.name) }
    guard !waiting.isEmpty else { return }
    guard let lock = try folder.lockForLatency() else {
      throw SweepFault.isBeingTimed(folder: folder.path)
    }
    defer { lock.release() }
    let lanes = Lanes(plan.threads)
    _ = try BLAS.open()
    let dataset = try images ?? Job(lanes: lanes, command: "").load(plan.runs[0].configuration)
    for (index, run) in waiting.enumerated() {
      let place = folder.run(run.name)
      let manifest = try place.readManifest()
      let latency = try LatencyMeter.measure(
        try place.readNetwork(manifest), run: manifest, on: dataset.test, threshold: threshold,
        lanes: lanes)
      try folder.write(latency, of: run.name)
      let (final, early) = (
        latency.exits[latency.exits.count - 1].mean, latency.earlyStop.times.mean
      )
      Console.line(
        "\(run.name): \(Decimals.fixed(final, 2)) ms an image, with the early stop "
          + "\(Decimals.fixed(early, 2)) ms  times: \(index + 1) of \(waiting.count)")
    }
  }
}
