import Network

/// The weights of a network, folded and in the engine's order (engine/exitlens_engine.h), and where each lies.
struct EdgeWeights {
  /// Channels of one vector of the engine.
  static let lanes = 16

  struct Convolution {
    var shape: ConvolutionShape
    /// Inputs and outputs as stored; see `filled`.
    var inputs: Int
    var outputs: Int
    /// Bytes from the start.
    var weights: Int
    var bias: Int
  }

  struct Exit {
    var attention: Int
    var attentionBias: Int
    var head: Int
    var headBias: Int
  }

  /// By block.
  private(set) var convolutions: [[Convolution]] = []
  private(set) var exits: [Exit] = []
  private(set) var bytes: [UInt8] = []

  private let network: EarlyExitNetwork
  private let precision: EdgePrecision

  init(_ network: EarlyExitNetwork, precision: EdgePrecision) throws(EdgeFault) {
    self.network = network
    self.precision = precision
    let configuration = network.configuration
    precondition(
      configuration.widths[0] != configuration.channels,
      "a first block that adds the image itself has no filled channels")
    let tensors = Dictionary(uniqueKeysWithValues: network.tensors.map { ($0.name, $0.values) })
    for index in configuration.widths.indices {
      var convolutions: [Convolution] = []
      for shape in configuration.block(index).convolutions {
        convolutions.append(
          try add(shape, readsImage: index == 0 && shape.inputs == configuration.channels))
      }
      self.convolutions.append(convolutions)
      let width = configuration.widths[index]
      let name = "exits.\(index)"
      let head = (0..<configuration.classes).flatMap { row in
        Self.filled(Array(tensors["\(name).head.weight"]![row * width..<(row + 1) * width]))
      }
      exits.append(
        Exit(
          attention: add(Self.filled(tensors["\(name).attention.weight"]!)),
          attentionBias: add(tensors["\(name).attention.bias"]!), head: add(head),
          headBias: add(tensors["\(name).head.bias"]!)))
    }
  }

  /// A number of channels, filled up to whole vectors.
  static func filled(_ channels: Int) -> Int { (channels + lanes - 1) / lanes * lanes }

  private static func filled(_ values: [Float]) -> [Float] {
    values + [Float](repeating: 0, count: filled(values.count) - values.count)
  }

  /// - Parameter readsImage: an image's channels are not filled up.
  private mutating func add(
    _ shape: ConvolutionShape, readsImage: Bool
  ) throws(EdgeFault) -> Convolution {
    let folded = network.folded(shape)
    let inputs = readsImage ? shape.inputs : Self.filled(shape.inputs)
    let outputs = Self.filled(shape.outputs)
    let taps = shape.weightShape[2] * shape.weightShape[3]
    var values: [Float]
    switch shape.kernel {
    case .depthwise:
      values = [Float](repeating: 0, count: taps * outputs)
      for output in 0..<shape.outputs {
        for tap in 0..<taps { values[tap * outputs + output] = folded.weight[output * taps + tap] }
      }
    case .full, .pointwise:
      values = [Float](repeating: 0, count: outputs * taps * inputs)
      for output in 0..<shape.outputs {
        for input in 0..<shape.inputs {
          for tap in 0..<taps {
            let place = ((output / Self.lanes * taps + tap) * inputs + input) * Self.lanes
            values[place + output % Self.lanes] =
              folded.weight[(output * shape.inputs + input) * taps + tap]
          }
        }
      }
    }
    let weights = precision == .float32 ? add(values) : add(try Self.halves(values, of: shape))
    return Convolution(
      shape: shape, inputs: inputs, outputs: outputs, weights: weights,
      bias: add(Self.filled(folded.bias)))
  }

  private static func halves(
    _ values: [Float], of shape: ConvolutionShape
  ) throws(EdgeFault) -> [UInt16] {
    let halves = values.map { Float16($0) }
    if let index = halves.firstIndex(where: { !$0.isFinite }) {
      throw .tooLarge(tensor: "\(shape.name).conv.weight", value: values[index])
    }
    return halves.map(\.bitPattern)
  }

  private mutating func add(_ values: [Float]) -> Int { append(values.map(\.bitPattern)) }
  private mutating func add(_ halves: [UInt16]) -> Int { append(halves) }

  /// Appends numbers, lowest byte first, at the next multiple of 64 bytes.
  private mutating func append(_ numbers: [some FixedWidthInteger]) -> Int {
    bytes += [UInt8](repeating: 0, count: (64 - bytes.count % 64) % 64)
    let place = bytes.count
    for number in numbers {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return place
  }
}
