import TensorCore

/// 1 − cosine between an early exit's map and the one it follows, its target, on one grid, with its gradients.
///
/// cos = a·b / max(‖a‖·‖b‖, 10⁻⁸); a and b are the maps after interpolation. ∂cos/∂a = b/(‖a‖‖b‖) − cos·a/‖a‖².
package struct ConsistencyTerm: Sendable {
  private static let smallestNorm = 1e-8

  private let early: BilinearResampler
  private let target: BilinearResampler
  private let stopGradient: Bool

  package init(
    early: GridSize, target: GridSize, input: GridSize, grid: GuidedLossOptions.AlignmentGrid,
    stopGradient: Bool
  ) {
    let common =
      switch grid {
      case .early: early
      case .final: target
      case .input: input
      }
    self.early = BilinearResampler(from: early, to: common)
    self.target = BilinearResampler(from: target, to: common)
    self.stopGradient = stopGradient
  }

  /// Floats of scratch: both maps on the common grid, and the gradient of one.
  package var scratchCount: Int { 3 * early.target.count }

  /// - Parameters:
  ///   - early: one sample's map at the early exit, `target` at the exit that it follows.
  ///   - scale: what the gradient of 1 − cos is multiplied by.
  ///   - dEarly: accumulated into, as is dTarget (unless the gradient stops there).
  /// - Returns: 1 − cos.
  package func evaluate(
    early earlyMap: UnsafePointer<Float>, target targetMap: UnsafePointer<Float>, scale: Float,
    dEarly: UnsafeMutablePointer<Float>, dTarget: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    let cells = early.target.count
    let (a, b, gradient) = (scratch, scratch + cells, scratch + 2 * cells)
    early.resample(earlyMap, into: a)
    target.resample(targetMap, into: b)
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for cell in 0..<cells {
      let (x, y) = (Double(a[cell]), Double(b[cell]))
      ab += x * y
      aa += x * x
      bb += y * y
    }
    let norms = max(aa.squareRoot() * bb.squareRoot(), Self.smallestNorm)
    let cosine = ab / norms
    guard scale != 0 else { return 1 - cosine }
    let toOther = -Double(scale) / norms
    func addGradient(
      of own: UnsafePointer<Float>, other: UnsafePointer<Float>, square: Double,
      through resampler: BilinearResampler, to map: UnsafeMutablePointer<Float>
    ) {
      let toOwn = square > 0 ? Double(scale) * cosine / square : 0
      for cell in 0..<cells {
        gradient[cell] = Float(toOther * Double(other[cell]) + toOwn * Double(own[cell]))
      }
      resampler.addGradient(gradient, to: map)
    }
    addGradient(of: a, other: b, square: aa, through: early, to: dEarly)
    if !stopGradient { addGradient(of: b, other: a, square: bb, through: target, to: dTarget) }
    return 1 - cosine
  }
}
