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
      let shares = exitShares.map { TrainingProgress.fixed(100 * $0, 1) }.joined(separator: " / ")
      return [
        "early stop at \(threshold): \(TrainingProgress.fixed(speedup.median, 2))× "
          + "(\(TrainingProgress.fixed(speedup.lowest, 2))…"
          + "\(TrainingProgress.fixed(speedup.highest, 2))), leaving at each exit \(shares) %",
        "accuracy with early stop \(TrainingProgress.fixed(100 * accuracy, 2)) %, of the final exit "
          + "\(TrainingProgress.fixed(100 * finalAccuracy, 2)) %; simulated and real stop agree for "
          + "\(agreeing) of \(images) images",
      ]
    }
  }

  private let pass: InferencePass
  private let split: ImageSplit
  private let threshold: Double
  /// The images as the network sees them, one after another, so that only the network is timed.
  private let inputs: [Float]

  init(run: String, data: String, threshold: Double, lanes: Lanes) throws {
    let folder = RunFolder(run)
    let manifest = try folder.readManifest()
    let network = try folder.readNetwork(manifest)
    let configuration = network.configuration
    let dataset = try DatasetLoader.load(data, options: manifest.readingOptions)
    split = try manifest.part(.test, of: dataset, run: run)
    self.threshold = threshold
    pass = InferencePass(network, capacity: 1, lanes: lanes)
    let size = configuration.input.count * configuration.channels
    inputs = [Float](unsafeUninitializedCapacity: split.count * size) { [split] buffer, count in
      split.fill(
        buffer.baseAddress!, indices: Array(0..<split.count)[...],
        pixelsPerImage: configuration.input.count, channels: configuration.channels,
        normalization: manifest.normalization)
      count = split.count * size
    }
  }

  /// Rounds over all images, with and without early stop in turn.
  func measure(_ timer: BenchTimer) -> ([BenchMeasure], Result) {
    let result = compare()
    var (stopped, full): ([Double], [Double]) = ([], [])
    for _ in 0..<timer.rounds {
      stopped.append(BenchTimer.seconds { for sample in 0..<split.count { _ = stop(sample) } })
      full.append(BenchTimer.seconds { for sample in 0..<split.count { _ = finish(sample) } })
    }
    let images = Double(split.count)
    func measure(_ id: String, _ times: [Double]) -> BenchMeasure {
      BenchMeasure(
        id, unit: "images/s", units: 1, calls: split.count, times: times.map { $0 / images })
    }
    return (
      [measure("early-stop", stopped), measure("final-exit", full)],
      result(zip(full, stopped).map { $0 / $1 })
    )
  }

  private func stop(_ sample: Int) -> InferencePass.Answer {
    load(sample)
    return pass.answer(threshold: threshold)
  }

  private func finish(_ sample: Int) -> InferencePass.Answer {
    load(sample)
    pass.run(count: 1)
    return pass.answer(sample: 0, exit: pass.configuration.exitCount - 1)
  }

  private func load(_ sample: Int) {
    let size = pass.configuration.input.count * pass.configuration.channels
    inputs.withUnsafeBufferPointer {
      pass.input.update(from: $0.baseAddress! + sample * size, count: size)
    }
  }

  /// Answers every image both ways, which warms up too; the speed-up is still to come.
  private func compare() -> (_ speedup: [Double]) -> Result {
    let exits = pass.configuration.exitCount
    var leaving = [Int](repeating: 0, count: exits)
    var (right, finallyRight, agreeing) = (0, 0, 0)
    for sample in 0..<split.count {
      let real = stop(sample)
      let final = finish(sample)
      let simulated =
        (0..<exits).lazy.map { pass.answer(sample: 0, exit: $0) }
        .first { $0.confidence >= threshold } ?? final
      leaving[real.exit - 1] += 1
      if real.prediction == split.labels[sample] { right += 1 }
      if final.prediction == split.labels[sample] { finallyRight += 1 }
      if simulated.exit == real.exit, simulated.prediction == real.prediction { agreeing += 1 }
    }
    let images = Double(split.count)
    return { speedup in
      Result(
        threshold: threshold, images: split.count, speedup: BenchSpread(speedup),
        exitShares: leaving.map { Double($0) / images }, accuracy: Double(right) / images,
        finalAccuracy: Double(finallyRight) / images, agreeing: agreeing)
    }
  }
}
