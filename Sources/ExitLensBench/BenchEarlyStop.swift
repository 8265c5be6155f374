import CommandLineKit
import Datasets
import Network
import TensorCore
import Training

/// A trained network's early stop, one image at a time, against always running to the final exit.
struct BenchEarlyStop {
  /// What stopping early gained and cost on the test part.
  struct Result: Encodable {
    var threshold: Double
    var images: Int
    /// Images a second with early stop over images a second without, round by round.
    var speedup: BenchSpread
    /// Of the images, per exit from the first.
    var exitShares: [Double]
    var accuracy: Double
    var finalAccuracy: Double
    /// Images for which exit and class are those that the answers of a full run foretell.
    var agreeing: Int

    var lines: [String] {
      let shares = exitShares.map { Decimals.fixed(100 * $0, 1) }.joined(separator: " / ")
      return [
        "early stop at \(threshold): \(Decimals.fixed(speedup.median, 2))× "
          + "(\(Decimals.fixed(speedup.lowest, 2))…"
          + "\(Decimals.fixed(speedup.highest, 2))), leaving at each exit \(shares) %",
        "accuracy with early stop \(Decimals.fixed(100 * accuracy, 2)) %, of the final exit "
          + "\(Decimals.fixed(100 * finalAccuracy, 2)) %; simulated and real stop agree for "
          + "\(agreeing) of \(images) images",
      ]
    }
  }

  private let images: SingleImages
  private let labels: [Int]
  private let threshold: Double

  init(run: String, data: String, threshold: Double, lanes: Lanes) throws {
    let folder = RunFolder(run)
    let manifest = try folder.readManifest()
    let network = try folder.readNetwork(manifest)
    let dataset = try DatasetLoader.load(data, options: manifest.readingOptions)
    let split = try manifest.part(.test, of: dataset, run: run)
    labels = split.labels
    self.threshold = threshold
    images = SingleImages(
      network, normalization: manifest.normalization, split: split,
      samples: Array(0..<split.count), lanes: lanes)
  }

  /// Rounds over all images, with and without early stop in turn.
  func measure(_ timer: BenchTimer) -> ([BenchMeasure], Result) {
    let result = compare()
    var (stopped, full): ([Double], [Double]) = ([], [])
    for _ in 0..<timer.rounds {
      stopped.append(BenchTimer.seconds { for image in 0..<images.count { _ = stop(image) } })
      full.append(BenchTimer.seconds { for image in 0..<images.count { _ = finish(image) } })
    }
    let count = Double(images.count)
    func measure(_ id: String, _ times: [Double]) -> BenchMeasure {
      BenchMeasure(
        id, unit: "images/s", units: 1, calls: images.count, times: times.map { $0 / count })
    }
    return (
      [measure("early-stop", stopped), measure("final-exit", full)],
      result(zip(full, stopped).map { $0 / $1 })
    )
  }

  private func stop(_ image: Int) -> InferencePass.Answer {
    images.answer(image, threshold: threshold)
  }

  private func finish(_ image: Int) -> InferencePass.Answer {
    images.answer(image, stoppingAt: images.exitCount - 1)
  }

  /// Answers every image both ways, which warms up too; the speed-up is still to come.
  private func compare() -> (_ speedup: [Double]) -> Result {
    let exits = images.exitCount
    var leaving = [Int](repeating: 0, count: exits)
    var (right, finallyRight, agreeing) = (0, 0, 0)
    for image in 0..<images.count {
      let real = stop(image)
      let final = finish(image)
      let simulated =
        (0..<exits).lazy.map { images.lastAnswer(ofExit: $0) }
        .first { $0.confidence >= threshold } ?? final
      leaving[real.exit - 1] += 1
      if real.prediction == labels[image] { right += 1 }
      if final.prediction == labels[image] { finallyRight += 1 }
      if simulated.exit == real.exit, simulated.prediction == real.prediction { agreeing += 1 }
    }
    let count = Double(images.count)
    return { speedup in
      Result(
        threshold: threshold, images: images.count, speedup: BenchSpread(speedup),
        exitShares: leaving.map { Double($0) / count }, accuracy: Double(right) / count,
        finalAccuracy: Double(finallyRight) / count, agreeing: agreeing)
    }
  }
}
