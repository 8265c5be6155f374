import TensorCore

/// A convolution whose weights stay the same over many calls, computed in the way that suits the batch.
struct InferenceConvolution: Sendable {
  private enum Way {
    case packed(PackedConvolution)
    case winograd(WinogradConvolution)
    case direct
  }

  private let convolution: Convolution
  private let way: Way
  /// The most images of a batch.
  private let capacity: Int

  /// Up to so many cells in a batch, reading the weights takes longer than multiplying by them.
  private static let fewCells = 16

  init(_ convolution: Convolution, capacity: Int) {
    self.convolution = convolution
    self.capacity = capacity
    if capacity * convolution.grid.count <= Self.fewCells,
      let packed = PackedConvolution(convolution)
    {
      way = .packed(packed)
    } else if let winograd = WinogradConvolution(convolution) {
      way = .winograd(winograd)
    } else {
      way = .direct
    }
  }

  /// Floats of what `prepare` makes of the weights.
  var factorCount: Int {
    switch way {
    case .packed(let packed): packed.factorCount
    case .winograd(let winograd): winograd.factorCount
    case .direct: 0
    }
  }

  /// Floats of scratch a lane needs.
  var scratchCount: Int {
    switch way {
    case .packed(let packed): packed.scratchCount(images: capacity)
    case .winograd(let winograd): winograd.scratchCount
    case .direct: convolution.scratchCount(images: capacity)
    }
  }

  /// - Parameters:
  ///   - weight: [outputs, 3, 3, inputs].
  ///   - factors: `factorCount` floats; overwritten.
  func prepare(
    _ weight: UnsafePointer<Float>, into factors: UnsafeMutablePointer<Float>, lanes: Lanes
  ) {
    switch way {
    case .packed(let packed): packed.prepare(weight, into: factors)
    case .winograd(let winograd): winograd.prepare(weight, into: factors, lanes: lanes)
    case .direct: break
    }
  }

  /// - Parameters:
  ///   - x: [count, grid.height, grid.width, inputs].
  ///   - factors: from `prepare`, with the same weights.
  ///   - y: [count, grid.height, grid.width, outputs]; overwritten.
  ///   - scratch: one block of `scratchCount` floats a lane.
  func forward(
    _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>, factors: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, count: Int, scratch: [UnsafeMutablePointer<Float>],
    lanes: Lanes
  ) {
    switch way {
    case .packed(let packed):
      packed.forward(x, factors: factors, into: y, count: count, scratch: scratch[0], lanes: lanes)
    case .winograd(let winograd):
      winograd.forward(x, factors: factors, into: y, count: count, scratch: scratch, lanes: lanes)
    case .direct:
      convolution.forward(
        x, weight: weight, into: y, count: count, scratch: scratch, lanes: lanes)
    }
  }
}
