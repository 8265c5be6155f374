import Datasets
import Network
import Recordings
import TensorCore

/// Measures how faithful an early-exit network's attention maps are to its answers, on some images of a part.
///
/// Images are taken in batches and everything about a batch is done before the next, so that memory grows only with
/// what is recorded.
package struct FaithfulnessRecorder {
  private static let batchSize = 32

  let options: FaithfulnessOptions
  package let altered: AlteredImages
  let imputations: [LinearImputation]
  private let network: EarlyExitNetwork
  private let normalization: Normalization
  private let lanes: Lanes

  package init(
    _ network: EarlyExitNetwork, normalization: Normalization, options: FaithfulnessOptions,
    lanes: Lanes
  ) {
    let configuration = network.configuration
    self.network = network
    self.normalization = normalization
    self.options = options
    self.lanes = lanes
    altered = AlteredImages(
      pass: InferencePass(network, capacity: Self.batchSize, lanes: lanes), lanes: lanes)
    imputations = (0..<lanes.count).map { _ in
      LinearImputation(grid: configuration.input, channels: configuration.channels)
    }
  }

  var configuration: NetworkConfiguration { network.configuration }
  var exits: Range<Int> { 0..<configuration.exitCount }

  /// Images that go through the network for one sample: `whole` through all blocks, `partial` up to one of the exits.
  package static func imagesPerSample(
    _ options: FaithfulnessOptions, exitCount: Int
  ) -> (whole: Int, partial: Int) {
    let masked = 2 * (options.steps - 1)
    return (
      // The image itself, its blur, the mean image.
      3 + options.randomOrders * masked + options.weightDraws * (exitCount + 1),
      exitCount * (1 + masked + 2 * options.roadPercentages.count)
    )
  }

  /// - Parameters:
  ///   - samples: which images of the part.
  ///   - progress: told (images done, all images), (0, all) first and (all, all) last.
  package func record(
    _ split: ImageSplit, samples: [Int], progress: ((Int, Int) -> Void)? = nil
  ) -> RecordedFaithfulness {
    progress?(0, samples.count)
    var measured = exits.map { _ in ExitMeasurements() }
    let order = BatchOrder(count: samples.count, batchSize: Self.batchSize)
    for number in 0..<order.batchCount {
      let places = order.batch(number)
      let batch = ImageBatch(
        places.map { samples[$0] }, of: split, configuration: configuration,
        normalization: normalization, options: options, lanes: lanes)
      measure(batch, into: &measured)
      if places.endIndex < samples.count { progress?(places.endIndex, samples.count) }
    }
    let randomized = WeightRandomization(network, draws: options.weightDraws, lanes: lanes)
      .maps(of: split, samples: samples, normalization: normalization)
    progress?(samples.count, samples.count)
    let pixels = Float(configuration.input.count)
    return RecordedFaithfulness(
      samples: samples,
      masking: .init(
        fractions: options.maskedCounts(configuration.input.count).map { Float($0) / pixels },
        exits: measured.map(\.curves)),
      road: .init(
        fractions: options.removedCounts(configuration.input.count).map { Float($0) / pixels },
        exits: measured.map(\.removals)),
      randomized: randomized,
      gradCAM: measured.map(\.gradCAM))
  }

  /// What is kept of an exit, batch after batch.
  private struct ExitMeasurements {
    var curves = RecordedFaithfulness.Masking.Curves(
      deletion: [], insertion: [], randomDeletion: [], randomInsertion: [])
    var removals = RecordedFaithfulness.Road.Removals(
      mostRelevantFirst: .init(probabilities: [], predictions: []),
      leastRelevantFirst: .init(probabilities: [], predictions: []))
    var gradCAM: [Float] = []
  }

  private func measure(_ batch: ImageBatch, into measured: inout [ExitMeasurements]) {
    let ends = CurveEnds(batch, altered)
    let random = batch.randomOrders.map {
      curves(batch, orders: $0, asked: exits, ends: ends)
    }
    for exit in exits {
      let (maps, gradCAM) = maps(batch, exit: exit, labels: ends.labels[exit])
      measured[exit].gradCAM += gradCAM
      let orders = maps.enumerated().map { image, map in
        PixelOrder(descending: map, ties: batch.randomOrders[0][image])
      }
      let own = curves(batch, orders: orders, asked: exit..<exit + 1, ends: ends)[0]
      measured[exit].curves.deletion += own.deletion.map { Float($0) }
      measured[exit].curves.insertion += own.insertion.map { Float($0) }
      measured[exit].curves.randomDeletion += Self.mean(random.map { $0[exit].deletion })
      measured[exit].curves.randomInsertion += Self.mean(random.map { $0[exit].insertion })
      let removals = removals(batch, orders: orders, exit: exit, labels: ends.labels)
      measured[exit].removals.mostRelevantFirst.append(removals.mostRelevantFirst)
      measured[exit].removals.leastRelevantFirst.append(removals.leastRelevantFirst)
    }
  }

  private static func mean(_ lists: [[Double]]) -> [Float] {
    lists[0].indices.map { index in
      Float(lists.reduce(0) { $0 + $1[index] } / Double(lists.count))
    }
  }

  /// The exit's attention maps of the whole images on the input grid, and the Grad-CAM maps on the exit's own.
  private func maps(
    _ batch: ImageBatch, exit: Int, labels: [Int]
  ) -> (upsampled: [[Float]], gradCAM: [Float]) {
    let pass = altered.pass
    batch.whole.withUnsafeBufferPointer {
      pass.input.update(from: $0.baseAddress!, count: $0.count)
    }
    pass.run(count: batch.count, exit: exit)
    let grid = configuration.exitGrids[exit]
    let resampler = BilinearResampler(from: grid, to: configuration.input)
    let attention = pass.attention(exit: exit, count: batch.count)
    return (
      (0..<batch.count).map {
        resampler.resample(Array(attention[$0 * grid.count..<($0 + 1) * grid.count]))
      }, pass.gradCAM(exit: exit, labels: labels)
    )
  }
}

extension RecordedFaithfulness.Road.Answers {
  fileprivate mutating func append(_ other: Self) {
    probabilities += other.probabilities
    predictions += other.predictions
  }
}
