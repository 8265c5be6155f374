import Network
import Recordings
import TensorCore
import Testing
import Training

/// Deletion, insertion, ROAD and Grad-CAM against Quantus, pytorch-grad-cam and SciPy on the same weights, images and
/// maps. The references come from float64 networks; the tolerance of 1e-5 of the largest value is float32's rounding.
@Suite struct FaithfulnessPeerTests {
  static let percentages = [10, 30, 50, 70, 90]

  @Test(arguments: ["20x16x3", "32x32x1"], AttentionKind.allCases)
  func gradCAMIsPytorchGradCAMs(name: String, kind: AttentionKind) throws {
    let peer = try PeerNetwork(name, kind)
    let count = peer.split.count
    let pass = InferencePass(peer.network, capacity: count, lanes: Lanes(2))
    let input = peer.input
    for exit in 0..<5 {
      pass.input.update(from: input, count: input.count)
      pass.run(count: count, exit: exit)
      let prefix = "\(name).\(kind.rawValue).\(exit + 1)"
      let labels = try peer.peers.int64s(named: "\(prefix).labels").map { Int($0) }
      #expect((0..<count).map { pass.answer(sample: $0, exit: exit).prediction } == labels)
      let expected = try peer.peers.floats(named: "\(prefix).gradcam")
      // A map of one cell may be all zeros after the ReLU.
      #expect(expected.contains { $0 > 0 })
      #expect(relativeDifference(pass.gradCAM(exit: exit, labels: labels), expected) <= 1e-5)
    }
  }

  @Test(arguments: [1, 3, 5])
  func deletionAndInsertionAreQuantusPixelFlippings(exit: Int) throws {
    let peer = try PeerNetwork("32x32x1", .softmax)
    let options = FaithfulnessOptions()
    let recorder = FaithfulnessRecorder(
      peer.network, normalization: peer.normalization, options: options, lanes: Lanes(2))
    let batch = peer.batch(options, lanes: Lanes(2))
    let curves = recorder.curves(
      batch, orders: try peer.orders("32x32x1.\(exit).map"), asked: exit - 1..<exit,
      ends: CurveEnds(batch, recorder.altered))[0]
    for (name, values) in [("deletion", curves.deletion), ("insertion", curves.insertion)] {
      // Quantus leaves the untouched image out.
      let steps = (0..<peer.split.count).flatMap { image in
        let start = 17 * image
        return values[(start + 1)...(start + 16)]
      }
      let expected = try peer.peers.floats(named: "32x32x1.\(exit).\(name)")
      #expect(relativeDifference(steps.map { Float($0) }, expected) <= 1e-5, "\(name)")
    }
  }

  @Test(arguments: [1, 3, 5])
  func roadIsQuantusAndPytorchGradCAMs(exit: Int) throws {
    let peer = try PeerNetwork("32x32x1", .softmax)
    var options = FaithfulnessOptions()
    options.roadPercentages = Self.percentages
    // The noise is random in all three.
    options.roadNoise = 0
    let recorder = FaithfulnessRecorder(
      peer.network, normalization: peer.normalization, options: options, lanes: Lanes(2))
    let batch = peer.batch(options, lanes: Lanes(2))
    let labels = CurveEnds(batch, recorder.altered).labels
    let removals = recorder.removals(
      batch, orders: try peer.orders("32x32x1.\(exit).map"), exit: exit - 1, labels: labels)
    for (side, answers) in [
      ("most", removals.mostRelevantFirst), ("least", removals.leastRelevantFirst),
    ] {
      let rows = 0..<peer.split.count
      for (column, percentage) in Self.percentages.enumerated() {
        let probabilities = rows.map { answers.probabilities[$0 * 5 + column] }
        let expected = try peer.peers.floats(
          named: "32x32x1.\(exit).imputed-probability.\(percentage).\(side)")
        #expect(relativeDifference(probabilities, expected) <= 1e-5)
      }
      let kept = Self.percentages.indices.map { column in
        let same = rows.count { answers.predictions[$0 * 5 + column] == labels[exit - 1][$0] }
        return Float(same) / Float(rows.count)
      }
      #expect(try kept == peer.peers.floats(named: "32x32x1.\(exit).road-\(side)"))
    }
  }

  @Test func imputationIsPytorchGradCAMs() throws {
    let peer = try PeerNetwork("20x16x3", .softmax)
    let grid = peer.configuration.input
    let orders = try peer.orders("20x16x3.map")
    let imputation = LinearImputation(grid: grid, channels: 3)
    let size = grid.count * 3
    for percentage in Self.percentages {
      for side in ["most", "least"] {
        var images = peer.input
        let removed = grid.count * percentage / 100
        images.withUnsafeMutableBufferPointer { images in
          for (image, order) in orders.enumerated() {
            imputation.impute(
              images.baseAddress! + image * size,
              removed: side == "most"
                ? order.pixels.prefix(removed) : order.pixels.suffix(removed))
          }
        }
        let expected = try peer.peers.floats(named: "20x16x3.imputed.\(percentage).\(side)")
        // pytorch-grad-cam rounds its solution to float32.
        #expect(relativeDifference(images, expected) <= 1e-6, "\(percentage) % \(side)")
      }
    }
  }

  @Test func blurIsSciPys() throws {
    let peer = try PeerNetwork("20x16x3", .softmax)
    let blur = GaussianBlur(grid: peer.configuration.input, channels: 3, deviation: 2.5)
    let input = peer.input
    let size = peer.configuration.input.count * 3
    var result = [Float](repeating: 0, count: input.count)
    input.withUnsafeBufferPointer { input in
      result.withUnsafeMutableBufferPointer { result in
        for image in 0..<peer.split.count {
          blur.apply(input.baseAddress! + image * size, into: result.baseAddress! + image * size)
        }
      }
    }
    #expect(relativeDifference(result, try peer.peers.floats(named: "20x16x3.blurred")) <= 1e-6)
  }
}
