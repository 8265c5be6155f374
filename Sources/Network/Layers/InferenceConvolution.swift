import TensorCore

/// A convolution whose weights stay the same over many calls, in the way that suits its shape and the batch.
struct InferenceConvolution: Sendable {
  private enum Way {
    /// 3×3 for few cells, where reading the weights takes longer than multiplying by them.
    case packed(PackedConvolution)
    case winograd(WinogradConvolution)
    case direct(Convolution)
    /// 1×1.
    case product(PackedProduct, cells: Int)
    case pointwise(PointwiseConvolution)
  }

  private let way: Way
  /// The most images of a batch.
  private let capacity: Int

  /// Up to so many cells in a batch are few.
  private static let fewCells = 16

  /// - Parameter shape: any but a depthwise one, which has no weights worth preparing.
  init(_ shape: ConvolutionShape, capacity: Int) {
    self.capacity = capacity
    let (grid, inputs, outputs) = (shape.grid, shape.inputs, shape.outputs)
    switch shape.kernel {
    case .full:
      let direct = Convolution(grid: grid, inputs: inputs, outputs: outputs)
      if capacity * grid.count <= Self.fewCells, let packed = PackedConvolution(direct) {
        way = .packed(packed)
      } else if let winograd = WinogradConvolution(direct) {
        way = .winograd(winograd)
      } else {
        way = .direct(direct)
      }
    case .pointwise:
      if let product = PackedProduct(depth: inputs, outputs: outputs) {
        way = .product(product, cells: grid.count)
      } else {
        way = .pointwise(
          PointwiseConvolution(cells: grid.count, inputs: inputs, outputs: outputs))
      }
    case .depthwise: preconditionFailure("a depthwise convolution is computed as it is")
    }
  }

  /// Floats of what `prepare` makes of the weights.
  var factorCount: Int {
    switch way {
    case .packed(let packed): packed.factorCount
    case .winograd(let winograd): winograd.factorCount
    case .product(let product, _): product.factorCount
    case .direct, .pointwise: 0
    }
  }

  /// Floats of scratch a lane needs.
  var scratchCount: Int {
    switch way {
    case .packed(let packed): packed.scratchCount(images: capacity)
    case .winograd(let winograd): winograd.scratchCount
    case .direct(let direct): direct.scratchCount(images: capacity)
    case .product, .pointwise: 0
    }
  }

  /// - Parameters:
  ///   - weight: in the network's own order of axes.
  ///   - factors: `factorCount` floats; overwritten.
  func prepare(
    _ weight: UnsafePointer<Float>, into factors: UnsafeMutablePointer<Float>, lanes: Lanes
  ) {
    switch way {
    case .packed(let packed): packed.prepare(weight, into: factors)
    case .winograd(let winograd): winograd.prepare(weight, into: factors, lanes: lanes)
    case .product(let product, _): product.prepare(weight, into: factors)
    case .direct, .pointwise: break
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
    case .direct(let direct):
      direct.forward(x, weight: weight, into: y, count: count, scratch: scratch, lanes: lanes)
    case .product(let product, let cells):
      product.multiply(x, factors: factors, into: y, rows: count * cells, lanes: lanes)
    case .pointwise(let pointwise):
      pointwise.forward(x, weight: weight, into: y, count: count, lanes: lanes)
    }
  }
}
