import TensorCore

/// 1 − cosine between an early exit's map and the final one's, on one grid, with its gradients.
///
/// cos = a·b / max(‖a‖·‖b‖, 10⁻⁸); a and b are the maps after interpolation. ∂cos/∂a = b/(‖a‖‖b‖) − cos·a/‖a‖².
package struct ConsistencyTerm: Sendable {
  private static let smallestNorm = 1e-8

  private let early: BilinearResampler
  private let final: BilinearResampler
  private let stopGradient: Bool

  package init(
    early: GridSize, final: GridSize, input: GridSize, grid: GuidedLossOptions.AlignmentGrid,
    stopGradient: Bool
  ) {
    let target =
      switch grid {
      case .early: early
      case .final: final
      case .input: input
      }
    self.early = BilinearResampler(from: early, to: target)
    self.final = BilinearResampler(from: final, to: target)
    self.stopGradient = stopGradient
  }

  /// Floats of scratch: both maps on the common grid, and the gradient of one.
  package var scratchCount: Int { 3 * early.target.count }

  /// - Parameters:
  ///   - early: one sample's map at the early exit, `final` at the final one.
  ///   - scale: what the gradient of 1 − cos is multiplied by.
  ///   - dEarly: accumulated into, as is dFinal (unless the gradient stops there).
  /// - Returns: 1 − cos.
  package func evaluate(
    early earlyMap: UnsafePointer<Float>, final finalMap: UnsafePointer<Float>, scale: Float,
    dEarly: UnsafeMutablePointer<Float>, dFinal: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    let cells = early.target.count
    let (a, b, gradient) = (scratch, scratch + cells, scratch + 2 * cells)
    early.resample(earlyMap, into: a)
    final.resample(finalMap, into: b)
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
      through resampler: BilinearResampler, to target: UnsafeMutablePointer<Float>
    ) {
      let toOwn = square > 0 ? Double(scale) * cosine / square : 0
      for cell in 0..<cells {
        gradient[cell] = Float(toOther * Double(other[cell]) + toOwn * Double(own[cell]))
      }
      resampler.addGradient(gradient, to: target)
    }
    addGradient(of: a, other: b, square: aa, through: early, to: dEarly)
    if !stopGradient { addGradient(of: b, other: a, square: bb, through: final, to: dFinal) }
    return 1 - cosine
  }
}
