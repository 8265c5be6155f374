import Network
import TensorCore

/// Sends altered images through the network, a batch at a time, and reads how sure exits still are of their answers.
package struct AlteredImages {
  let pass: InferencePass
  let lanes: Lanes

  /// What an exit says about one altered image.
  struct Answer {
    /// Of the exit's own answer to the whole image.
    var probability: Double
    /// The class answered now.
    var prediction: Int
  }

  /// Answers to a batch, [exit asked][image].
  /// - Parameters:
  ///   - asked: the exits (from 0): one, then later blocks are not run; or all.
  ///   - labels: the answers to the whole images, [exit][image].
  ///   - write: called for each image, several at a time, with the place to write it to.
  func answers(
    count: Int, asked: Range<Int>, labels: [[Int]],
    write: (_ lane: Int, _ image: Int, _ destination: UnsafeMutablePointer<Float>) -> Void
  ) -> [[Answer]] {
    let configuration = pass.configuration
    let size = configuration.input.count * configuration.channels
    let input = pass.input
    lanes.run { lane in
      // Neighbours in a batch cost about the same, so taking turns keeps the lanes busy alike.
      for image in stride(from: lane, to: count, by: lanes.count) {
        write(lane, image, input + image * size)
      }
    }
    if asked.count == 1 {
      pass.run(count: count, exit: asked.lowerBound)
    } else {
      pass.run(count: count)
    }
    return asked.map { exit in
      (0..<count).map { image in
        let answer = pass.answer(sample: image, exit: exit)
        return Answer(
          probability: answer.probabilities[labels[exit][image]], prediction: answer.prediction)
      }
    }
  }
}
