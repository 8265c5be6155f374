import Recordings
import TensorCore

/// How the faithfulness of attention maps is measured.
package struct FaithfulnessOptions: Sendable, Equatable {
  /// Images at most; see `FaithfulnessSamples`.
  package var samples = 200
  /// Batches of pixels from the whole image to none (deletion), and from none to all (insertion).
  package var steps = 16
  /// Orders of pixels drawn at random for an image, with which a map's order is compared.
  package var randomOrders = 2
  /// The blur that insertion starts from: its standard deviation as a share of the image's shorter side.
  package var blur = 0.125
  /// Shares of pixels, in per cent, that ROAD removes.
  package var roadPercentages = [10, 20, 30, 40, 50, 60, 70, 80, 90]
  /// Standard deviation of the noise on imputed pixels, in the network's (normalised) input.
  package var roadNoise = 0.01
  /// Independent draws of random weights.
  package var weightDraws = 5

  /// The defaults, on at most `samples` images.
  package init(samples: Int = 200) { self.samples = samples }

  /// All random numbers come from it, by image and purpose and not by model, so that models compare under the same
  /// orders and noise. Not a number that a user would train with: the random weights must not be
  /// those that a run began with.
  static let seed: UInt64 = 0xFA17_4F00_0000_0000

  func blurDeviation(_ input: GridSize) -> Double { blur * Double(min(input.height, input.width)) }

  /// Pixels masked at each point of a curve, from none to all.
  func maskedCounts(_ pixels: Int) -> [Int] { (0...steps).map { pixels * $0 / steps } }

  /// Pixels that ROAD removes.
  func removedCounts(_ pixels: Int) -> [Int] { roadPercentages.map { pixels * $0 / 100 } }

  /// What a reader has to know to do the same, in order.
  func settings(
    samples chosen: Int, of total: Int, input: GridSize, exitCount: Int
  ) -> [Provenance.Entry] {
    let deviation = (100 * blurDeviation(input)).rounded() / 100
    let images = FaithfulnessRecorder.imagesPerSample(self, exitCount: exitCount)
    let percentages = roadPercentages.map { "\($0)" }.joined(separator: ", ")
    return [
      .init(
        "images",
        "\(chosen) of \(total): of each class as many as its share, evenly spaced in recording order"
      ),
      .init("score", "softmax probability of the exit's own answer to the whole image"),
      .init(
        "order of pixels",
        "the exit's attention map upsampled to the input, largest first; equal values in random order"
      ),
      .init("deletion", "pixels become the training images' mean, in \(steps) steps"),
      .init(
        "insertion",
        "pixels of the image replace those of its Gaussian blur (standard deviation \(deviation) pixels), in \(steps) steps"
      ),
      .init(
        "random order",
        "mean over \(randomOrders) orders an image, the same for every exit and model"),
      .init(
        "ROAD",
        "noisy linear imputation of \(percentages) % of the pixels, noise of standard deviation \(roadNoise) in the normalised input"
      ),
      .init(
        "random weights",
        "attention module, then blocks from the exit down to the first, as freshly initialised; \(weightDraws) draws"
      ),
      .init(
        "Grad-CAM", "on the output of the exit's block, for the logit of the exit's own answer"),
      .init(
        "images through the network",
        "for each image, \(images.whole) through all blocks and \(images.partial) up to an exit"),
    ]
  }
}
