import Network
import TensorCore
import Testing

/// A whole network, forward and backward, against its PyTorch twin in float64.
///
/// Tolerances: Fixtures/README.md. PyTorch's own float32 is within 2.4e-6 (logits, maps) and 4e-6 (gradients).
@Suite struct TwinNetworkTests {
  /// Every case with one lane and with more lanes than images divide by.
  struct Job: CustomTestStringConvertible, Sendable {
    let file: String
    let name: String
    let lanes: Int
    var testDescription: String { "\(file), \(name), \(lanes) lanes" }

    static let all: [Job] =
      (try? TwinNetworkFile.read())?.flatMap { network in
        network.cases.flatMap { item in
          [1, 3].map { Job(file: network.file, name: item.name, lanes: $0) }
        }
      } ?? []

    func open() throws -> (TwinNetwork, TwinNetwork.Case, TwinFixture) {
      let network = try #require(try TwinNetworkFile.read().first { $0.file == file })
      let item = try #require(network.cases.first { $0.name == name })
      return (network, item, try TwinFixture(file))
    }
  }

  @Test func everyCaseIsThere() throws {
    let cases = try TwinNetworkFile.read().map { $0.cases.map(\.name) }
    #expect(cases.map(\.count) == [7, 2, 6, 2, 2])
    #expect(Set(cases.flatMap { $0 }).count == 11)
    #expect(
      try TwinNetworkFile.read().suffix(2).map(\.architecture) == [.residual, .separable])
  }

  @Test(arguments: Job.all)
  func trainingPassIsTheTwins(job: Job) throws {
    let (twin, item, fixture) = try job.open()
    let network = try twin.network(item.attention, from: fixture)
    let pass = TrainingPass(
      network, loss: item.options, capacity: twin.batch, lanes: Lanes(job.lanes))
    let input = try twin.input(from: fixture)
    pass.input.update(from: input, count: input.count)
    pass.forward(count: twin.batch)
    let terms = pass.backward(labels: try fixture.labels("labels"))

    for exit in twin.widths.indices {
      let prefix = "train.\(item.attention.rawValue)"
      let logits = try fixture.floats("\(prefix).logits.\(exit + 1)")
      let map = try fixture.floats("\(prefix).attention.\(exit + 1)")
      #expect(
        TwinDifference.relative(pass.logits(exit: exit, count: twin.batch), to: logits) <= 2e-5)
      #expect(
        TwinDifference.relative(pass.attention(exit: exit, count: twin.batch), to: map) <= 2e-5)
    }
    #expect(TwinDifference.relative(terms.total, to: item.loss) <= 2e-6)
    #expect(terms.crossEntropy.count == item.crossEntropies.count)
    for (value, expected) in zip(terms.crossEntropy, item.crossEntropies) {
      #expect(TwinDifference.relative(value, to: expected) <= 1e-5)
    }
    #expect(terms.dissimilarity.count == item.distances.count)
    for (value, expected) in zip(terms.dissimilarity, item.distances) {
      #expect(abs(value - expected) <= 1e-5)
    }
    try expectGradients(of: pass, item: item, fixture: fixture)
    for tensor in network.tensors where tensor.name.contains("running") {
      let expected = try fixture.reader.floats(named: "after.\(tensor.name)", shape: tensor.shape)
      #expect(
        TwinDifference.relative(tensor.values, to: expected) <= 2e-6, "\(tensor.name)")
    }
  }

  private func expectGradients(
    of pass: TrainingPass, item: TwinNetwork.Case, fixture: TwinFixture
  ) throws {
    var expected: [String: [Float]] = [:]
    for entry in pass.network.table.parameters {
      expected[entry.name] = try fixture.reader.floats(
        named: "\(item.name).gradient.\(entry.name)", shape: entry.shape)
    }
    let largest = expected.values.map(TwinDifference.largest).max()!
    for (name, reference) in expected.sorted(by: { $0.key < $1.key }) {
      // A softmax does not change when every score does, so an attention bias's gradient is rounding;
      // its scale is that of its weight's.
      let scaled =
        name.hasSuffix("attention.bias")
        ? expected[name.replacing("bias", with: "weight")]! : reference
      let scale = max(TwinDifference.largest(scaled), 1e-3 * largest)
      let difference = TwinDifference.relative(
        pass.gradient(named: name), to: reference, scale: scale)
      #expect(difference <= 5e-5, "\(name)")
    }
  }

  @Test(arguments: Job.all.filter { $0.name.hasSuffix("-0.3") })
  func inferencePassIsTheTwins(job: Job) throws {
    let (twin, item, fixture) = try job.open()
    let network = try twin.network(item.attention, from: fixture)
    let pass = InferencePass(network, capacity: twin.batch, lanes: Lanes(job.lanes))
    let input = try twin.input(from: fixture)
    pass.input.update(from: input, count: input.count)
    pass.run(count: twin.batch)
    for exit in twin.widths.indices {
      let prefix = "eval.\(item.attention.rawValue)"
      let logits = try fixture.floats("\(prefix).logits.\(exit + 1)")
      let map = try fixture.floats("\(prefix).attention.\(exit + 1)")
      #expect(
        TwinDifference.relative(pass.logits(exit: exit, count: twin.batch), to: logits) <= 2e-5)
      #expect(
        TwinDifference.relative(pass.attention(exit: exit, count: twin.batch), to: map) <= 2e-5)
    }
  }

  @Test func macsAreThoseThatTheTwinRan() throws {
    for twin in try TwinNetworkFile.read() {
      #expect(twin.configuration(.softmax).cumulativeMacs == twin.macs)
    }
  }

  /// Names and shapes of a weights file are the twin's `state_dict`, without num_batches_tracked.
  @Test func tensorNamesAreTheTwins() throws {
    for twin in try TwinNetworkFile.read() {
      let fixture = try TwinFixture(twin.file)
      let prefix = "weights."
      let names = fixture.reader.names.filter { $0.hasPrefix(prefix) }
      let tensors = EarlyExitNetwork(twin.configuration(.softmax), seed: 0).tensors
      #expect(names == tensors.map { prefix + $0.name }.sorted())
      for tensor in tensors { #expect(try fixture.shape(prefix + tensor.name) == tensor.shape) }
    }
  }
}
