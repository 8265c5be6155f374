import Network
import TensorCore

/// network.json and architectures.json: what the twin computed for whole networks.
struct TwinNetworkFile: Decodable {
  let networks: [TwinNetwork]

  static func read() throws -> [TwinNetwork] {
    try ["network.json", "architectures.json"].flatMap {
      try TwinFixture.json($0, as: Self.self).networks
    }
  }
}

/// One small network, its batch, and what several losses make of it.
struct TwinNetwork: Decodable {
  let file: String
  let height: Int
  let width: Int
  let channels: Int
  let classes: Int
  let architecture: Architecture
  let widths: [Int]
  let batch: Int
  let macs: [Double]
  let cases: [Case]

  /// One loss; the network's weights are the same in all.
  struct Case: Decodable {
    let name: String
    let attention: AttentionKind
    let strength: Double
    let grid: GuidedLossOptions.AlignmentGrid
    let stopGradient: Bool
    let exitWeights: [Double]?
    let consistencyWeights: [Double]?
    let target: GuidedLossOptions.ConsistencyTarget
    let adaptive: Bool
    let loss: Double
    let crossEntropies: [Double]
    let distances: [Double]

    var options: GuidedLossOptions {
      GuidedLossOptions(
        lambda: strength, stopGradient: stopGradient, target: target, alignmentGrid: grid,
        exitWeights: exitWeights, consistencyWeights: consistencyWeights,
        adaptiveWeights: adaptive)
    }
  }

  func configuration(_ attention: AttentionKind) -> NetworkConfiguration {
    NetworkConfiguration(
      input: GridSize(height: height, width: width), channels: channels, classes: classes,
      widths: widths, attention: attention, architecture: architecture)
  }

  /// The network with the twin's weights. The seed's own are overwritten, every one.
  func network(_ attention: AttentionKind, from fixture: TwinFixture) throws -> EarlyExitNetwork {
    let network = EarlyExitNetwork(configuration(attention), seed: 0)
    for tensor in network.tensors {
      network.load(
        try fixture.reader.floats(named: "weights.\(tensor.name)", shape: tensor.shape),
        named: tensor.name)
    }
    return network
  }

  func input(from fixture: TwinFixture) throws -> [Float] {
    PatternImages.networkInput(
      try fixture.reader.bytes(named: "images", shape: [batch, height, width, channels]))
  }
}
