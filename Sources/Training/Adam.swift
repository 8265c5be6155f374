import Glibc
import TensorCore

/// Adam (Kingma and Ba, 2015) as PyTorch has it: bias correction outside the root, no weight decay.
///
/// m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − lr/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε).
package final class Adam {
  /// The decay of the running mean of gradients, per step.
  package static let beta1 = 0.9
  /// The decay of the running mean of squared gradients, per step.
  package static let beta2 = 0.999
  /// Added to the bias-corrected root.
  package static let epsilon = 1e-8

  /// Running means of gradients and of their squares, in the layout of the parameters.
  package let firstMoment: Arena
  /// The running mean of squared gradients, in the layout of the parameters; never negative.
  package let secondMoment: Arena
  /// Steps taken so far.
  package private(set) var step: Int

  /// - Parameters:
  ///   - layout: that of the parameters.
  ///   - step: steps already taken, where a run is resumed.
  package init(_ layout: ArenaLayout, step: Int = 0) {
    firstMoment = Arena(layout)
    secondMoment = Arena(layout)
    self.step = step
  }

  /// Moves the parameters one step against their gradients.
  /// - Returns: whether every parameter and every moment is still finite.
  @discardableResult
  package func update(
    _ parameters: Arena, gradients: Arena, learningRate: Double, lanes: Lanes
  ) -> Bool {
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
    // Eight at a time by hand, as the root keeps a plain loop scalar; arenas are whole cache lines.
    let width = 8
    // On the stack: a step allocates nothing.
    return withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: lanes.count) { memory in
      nonisolated(unsafe) let probes = memory.baseAddress!
      probes.initialize(repeating: .zero, count: lanes.count)
      lanes.run(over: parameters.all.count / width) { lane, blocks in
        // Zero times a number is zero, and NaN for what is not finite; a NaN stays in a sum. That costs nothing, as
        // these loops wait for memory.
        var probe = SIMD8<Float>.zero
        for block in blocks {
          let at = block * width
          let gradient = load8(g + at)
          let mean = keep1 * load8(m + at) + take1 * gradient
          let square = keep2 * load8(v + at) + take2 * gradient * gradient
          store8(mean, to: m + at)
          store8(square, to: v + at)
          let moved = load8(theta + at) - size * mean / (square.squareRoot() / root + epsilon)
          store8(moved, to: theta + at)
          probe += 0 * moved + 0 * (mean + square)
        }
        probes[lane] = probe
      }
      return (0..<lanes.count).allSatisfy { probes[$0] == .zero }
    }
  }
}
