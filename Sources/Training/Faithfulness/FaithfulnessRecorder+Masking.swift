import Recordings
import TensorCore

/// The ends that the curves of all orders share: how sure every exit is of the whole image, its blur and the mean image.
package struct CurveEnds {
  /// The answers to the whole images, [exit][image].
  package let labels: [[Int]]
  /// [exit][image]
  let whole: [[Double]]
  let blurred: [[Double]]
  let mean: [[Double]]

  package init(_ batch: ImageBatch, _ altered: AlteredImages) {
    let exits = 0..<altered.pass.configuration.exitCount
    func answers(_ source: [Float], _ labels: [[Int]]) -> [[AlteredImages.Answer]] {
      altered.answers(count: batch.count, asked: exits, labels: labels) { _, image, destination in
        batch.write(image, of: source, replacing: [], by: nil, into: destination)
      }
    }
    let unknown = [[Int]](repeating: [Int](repeating: 0, count: batch.count), count: exits.count)
    let labels = answers(batch.whole, unknown).map { $0.map(\.prediction) }
    self.labels = labels
    func probabilities(_ source: [Float]) -> [[Double]] {
      answers(source, labels).map { $0.map(\.probability) }
    }
    whole = probabilities(batch.whole)
    blurred = probabilities(batch.blurred)
    mean = probabilities([Float](repeating: 0, count: batch.whole.count))
  }
}

extension FaithfulnessRecorder {
  /// Curves of an exit, [image, point], row by row.
  package struct Curves {
    package var deletion: [Double]
    package var insertion: [Double]
  }

  /// Masks a batch's pixels in some order and asks exits about every step, [exit asked].
  package func curves(
    _ batch: ImageBatch, orders: [PixelOrder], asked: Range<Int>, ends: CurveEnds
  ) -> [Curves] {
    let counts = options.maskedCounts(configuration.input.count)
    let points = counts.count
    let empty = [Double](repeating: 0, count: batch.count * points)
    var curves = asked.map { _ in Curves(deletion: empty, insertion: empty) }
    for (place, exit) in asked.enumerated() {
      for image in 0..<batch.count {
        let row = image * points
        curves[place].deletion[row] = ends.whole[exit][image]
        curves[place].deletion[row + points - 1] = ends.mean[exit][image]
        curves[place].insertion[row] = ends.blurred[exit][image]
        curves[place].insertion[row + points - 1] = ends.whole[exit][image]
      }
    }
    for point in 1..<points - 1 {
      let deleted = altered.answers(count: batch.count, asked: asked, labels: ends.labels) {
        _, image, destination in
        batch.write(
          image, of: batch.whole, replacing: orders[image].pixels[..<counts[point]], by: nil,
          into: destination)
      }
      let inserted = altered.answers(count: batch.count, asked: asked, labels: ends.labels) {
        _, image, destination in
        batch.write(
          image, of: batch.blurred, replacing: orders[image].pixels[..<counts[point]],
          by: batch.whole, into: destination)
      }
      for place in curves.indices {
        for image in 0..<batch.count {
          curves[place].deletion[image * points + point] = deleted[place][image].probability
          curves[place].insertion[image * points + point] = inserted[place][image].probability
        }
      }
    }
    return curves
  }

  /// ROAD: removes the most and the least attended pixels, imputes them, adds noise, and asks the exit.
  package func removals(
    _ batch: ImageBatch, orders: [PixelOrder], exit: Int, labels: [[Int]]
  ) -> RecordedFaithfulness.Road.Removals {
    let counts = options.removedCounts(configuration.input.count)
    func answers(mostRelevantFirst: Bool) -> RecordedFaithfulness.Road.Answers {
      let columns = counts.map { count in
        altered.answers(count: batch.count, asked: exit..<exit + 1, labels: labels) {
          lane, image, destination in
          batch.write(image, of: batch.whole, replacing: [], by: nil, into: destination)
          let pixels = orders[image].pixels
          let removed = mostRelevantFirst ? pixels.prefix(count) : pixels.suffix(count)
          imputations[lane].impute(destination, removed: removed)
          addNoise(
            to: destination, removed,
            stream: "noise on image \(batch.samples[image]), \(count) pixels \(mostRelevantFirst)")
        }[0]
      }
      let rows = (0..<batch.count).map { image in columns.map { $0[image] } }.flatMap { $0 }
      return .init(
        probabilities: rows.map { Float($0.probability) }, predictions: rows.map(\.prediction))
    }
    return .init(
      mostRelevantFirst: answers(mostRelevantFirst: true),
      leastRelevantFirst: answers(mostRelevantFirst: false))
  }

  private func addNoise(
    to image: UnsafeMutablePointer<Float>, _ removed: ArraySlice<Int32>, stream: String
  ) {
    var generator = SeededGenerator(seed: FaithfulnessOptions.seed, stream: stream)
    let channels = configuration.channels
    for pixel in removed {
      for channel in 0..<channels {
        image[Int(pixel) * channels + channel] += Float(options.roadNoise * generator.normal())
      }
    }
  }
}
