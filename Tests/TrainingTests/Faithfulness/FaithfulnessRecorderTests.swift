import Datasets
import Network
import Recordings
import TensorCore
import Testing
import Training

@Suite struct FaithfulnessRecorderTests {
  private static func network(seed: UInt64 = 5) -> EarlyExitNetwork {
    EarlyExitNetwork(
      NetworkConfiguration(
        input: GridSize(height: 16, width: 16), channels: 1, classes: 3, widths: [4, 6, 8, 8, 8]),
      seed: seed)
  }

  private static func record(
    _ network: EarlyExitNetwork, _ options: FaithfulnessOptions = .init(), lanes: Int = 2,
    test: Int = 40, samples: [Int]? = nil
  ) -> (RecordedFaithfulness, ImageDataset) {
    let dataset = SmallDataset.make(test: test)
    let recorder = FaithfulnessRecorder(
      network, normalization: Normalization(measuring: dataset.training, channels: 1),
      options: options, lanes: Lanes(lanes))
    let recorded = recorder.record(dataset.test, samples: samples ?? Array(0..<test))
    return (recorded, dataset)
  }

  /// Every array has its length, and what validation cross-checks with the logits holds.
  @Test func recordingIsValid() throws {
    let folder = try TemporaryFolder()
    let trainer = try SmallDataset.trainer(in: folder("run"))
    let network = try trainer.train(resume: false) { _ in }
    let recording = try Recorder.record(
      network, run: trainer.folder.readManifest(), history: trainer.folder.readHistory(),
      folder: trainer.folder, dataset: trainer.dataset, faithfulness: .init(samples: 7),
      lanes: Lanes(2), command: "test")
    try recording.validate(at: "memory")
    let faithfulness = try #require(recording.faithfulness)
    #expect(faithfulness.samples == [0, 1, 2, 3, 6, 7, 8])
    #expect(faithfulness.masking?.fractions.count == 17)
    #expect(faithfulness.randomized?.exits.map(\.stages) == [2, 3, 4, 5, 6])
    #expect(recording.manifest.provenance?.faithfulness?.isEmpty == false)
    try RecordingWriter.write(recording, to: folder("recording"))
    #expect(try RecordingReader.read(folder("recording")).faithfulness == faithfulness)
  }

  /// One batch or two, other samples beside it: an image's numbers are its own.
  @Test func anImageDoesNotDependOnOthers() throws {
    let network = Self.network()
    let (all, _) = Self.record(network)
    let (some, _) = Self.record(network, samples: [3, 35, 39])
    let points = try #require(all.masking?.fractions.count)
    for exit in 0..<5 {
      let one = try #require(some.masking?.exits[exit].randomDeletion)
      let other = try #require(all.masking?.exits[exit].randomDeletion)
      let picked = [3, 35, 39].flatMap { other[$0 * points..<($0 + 1) * points] }
      #expect(relativeDifference(one, picked) <= 1e-5)
    }
  }

  @Test func sameNumbersTwice() {
    let network = Self.network()
    #expect(Self.record(network).0 == Self.record(network).0)
  }

  /// A map that marks the pixels an answer hangs on does better than random order on every curve; reversed, worse.
  @Test func curvesTellAGoodOrderFromABadOne() throws {
    let folder = try TemporaryFolder()
    let trainer = try SmallDataset.trainer(
      in: folder("run"), configuration: SmallDataset.configuration(epochs: 30, lambda: 0),
      dataset: SmallDataset.make(training: 60))
    let network = try trainer.train(resume: false) { _ in }
    let options = FaithfulnessOptions()
    let dataset = trainer.dataset
    let recorder = FaithfulnessRecorder(
      network, normalization: Normalization(measuring: dataset.training, channels: 1),
      options: options, lanes: Lanes(2))
    let batch = ImageBatch(
      Array(0..<9), of: dataset.test, configuration: network.configuration,
      normalization: Normalization(measuring: dataset.training, channels: 1), options: options,
      lanes: Lanes(2))
    let ends = CurveEnds(batch, recorder.altered)
    // The class is the bright quarter: its pixels first.
    let good = dataset.test.labels.indices.map { sample in
      let image = dataset.test.pixels[sample * 256..<(sample + 1) * 256].map { Float($0) }
      return PixelOrder(descending: image, ties: batch.randomOrders[0][sample])
    }
    let bad = good.map { order in
      var place = [Float](repeating: 0, count: 256)
      for (rank, pixel) in order.pixels.enumerated() { place[Int(pixel)] = Float(rank) }
      return PixelOrder(descending: place, ties: order)
    }
    func areas(_ orders: [PixelOrder]) -> (deletion: Double, insertion: Double) {
      let curves = recorder.curves(batch, orders: orders, asked: 4..<5, ends: ends)[0]
      return (
        curves.deletion.reduce(0, +) / Double(curves.deletion.count),
        curves.insertion.reduce(0, +) / Double(curves.insertion.count)
      )
    }
    let (best, random, worst) = (areas(good), areas(batch.randomOrders[0]), areas(bad))
    #expect(best.deletion < random.deletion && random.deletion < worst.deletion)
    #expect(best.insertion > random.insertion && random.insertion > worst.insertion)
  }

  @Test func imagesAreCounted() {
    let counts = FaithfulnessRecorder.imagesPerSample(.init(), exitCount: 5)
    // Image, blur, mean; two orders of 2 · 15 steps; five draws of 6 stages. Per exit: the image, 30 steps, 18 removals.
    #expect(counts.whole == 3 + 60 + 30)
    #expect(counts.partial == 5 * (1 + 30 + 18))
  }
}
