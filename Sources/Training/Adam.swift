import Glibc
import TensorCore

/// Adam (Kingma and Ba, 2015) as PyTorch has it: bias correction outside the root, no weight decay.
///
/// m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − lr/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε).
public final class Adam {
  public static let beta1 = 0.9
  public static let beta2 = 0.999
  public static let epsilon = 1e-8

  /// Running means of gradients and of their squares, in the layout of the parameters.
  public let firstMoment: Arena
  public let secondMoment: Arena
  /// Steps taken so far.
  public private(set) var step: Int

  /// - Parameters:
  ///   - layout: that of the parameters.
  ///   - step: steps already taken, where a run is resumed.
  public init(_ layout: ArenaLayout, step: Int = 0) {
    firstMoment = Arena(layout)
    secondMoment = Arena(layout)
    self.step = step
  }

  /// Moves the parameters one step against their gradients.
  public func update(_ parameters: Arena, gradients: Arena, learningRate: Double, lanes: Lanes) {
    step += 1
    let size = Float(learningRate / (1 - pow(Self.beta1, Double(step))))
    let root = Float((1 - pow(Self.beta2, Double(step))).squareRoot())
    let (keep1, keep2) = (Float(Self.beta1), Float(Self.beta2))
    let (take1, take2) = (Float(1 - Self.beta1), Float(1 - Self.beta2))
    let epsilon = Float(Self.epsilon)
    let (theta, g) = (parameters.all.baseAddress!, gradients.all.baseAddress!)
    let (m, v) = (firstMoment.all.baseAddress!, secondMoment.all.baseAddress!)
    precondition(
      parameters.all.count == firstMoment.all.count && gradients.all.count == parameters.all.count,
      "\(firstMoment.all.count) moments for \(parameters.all.count) parameters")
    lanes.run(over: parameters.all.count) { _, range in
      for index in range {
        m[index] = keep1 * m[index] + take1 * g[index]
        v[index] = keep2 * v[index] + take2 * g[index] * g[index]
        theta[index] -= size * m[index] / (v[index].squareRoot() / root + epsilon)
      }
    }
  }
}
