import FileKit
import Network
import TensorCore

/// What `bench` works on and what comes out, for programs that do the same work: Benchmarks/peers.py.
///
/// A size S (64 or 32) has two files. `weights-S.safetensors` is a PyTorch state dictionary.
/// `check-S.safetensors` has `images` [32, H, W, c], `labels`, `logits.K` and `attention.K` of inference
/// with these weights (K from 1), and `losses`: the losses of three training steps from them.
enum BenchDump {
  static let steps = 3

  static func write(to folder: String, lanes: Lanes) throws {
    try Files.makeFolder(folder)
    for side in [64, 32] {
      let subject = BenchSubject(side: side)
      let metadata = ["format": "pt", "producer": Release.producer]
      var weights = SafetensorsWriter(metadata: metadata)
      for tensor in subject.network.tensors {
        weights.add(tensor.name, tensor.values, shape: tensor.shape)
      }
      try weights.write(to: "\(folder)/weights-\(side).safetensors")

      var check = SafetensorsWriter(metadata: metadata)
      let configuration = subject.network.configuration
      let count = BenchSubject.batch
      check.add(
        "images", subject.pixels,
        shape: [
          count, configuration.input.height, configuration.input.width, configuration.channels,
        ])
      check.add("labels", subject.labels.map(Int64.init), shape: [count])
      let pass = InferencePass(subject.network, capacity: count, lanes: lanes)
      pass.input.update(from: subject.pixels, count: subject.pixels.count)
      pass.run(count: count)
      for (exit, grid) in configuration.exitGrids.enumerated() {
        check.add(
          "logits.\(exit + 1)", Array(pass.logits(exit: exit, count: count)),
          shape: [count, configuration.classes])
        check.add(
          "attention.\(exit + 1)", Array(pass.attention(exit: exit, count: count)),
          shape: [count, grid.height, grid.width])
      }
      // Last, because training moves the weights.
      let training = BenchSteps(subject, lanes: lanes)
      check.add("losses", (0..<Self.steps).map { _ in training.step() }, shape: [Self.steps])
      try check.write(to: "\(folder)/check-\(side).safetensors")
    }
  }
}
