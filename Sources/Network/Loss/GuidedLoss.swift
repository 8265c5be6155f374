import TensorCore

/// Computes the loss of a batch and its gradients with respect to logits and maps.
struct GuidedLoss: Sendable {
  let options: GuidedLossOptions
  let classes: Int
  let grids: [GridSize]
  private let exitWeights: [Double]
  private let consistencyWeights: [Double]
  private let terms: [ConsistencyTerm]

  init(_ options: GuidedLossOptions, configuration: NetworkConfiguration) {
    self.options = options
    classes = configuration.classes
    let grids = configuration.exitGrids
    self.grids = grids
    exitWeights = Self.normalised(options.exitWeights, count: grids.count)
    consistencyWeights = Self.normalised(options.consistencyWeights, count: grids.count - 1)
    terms = grids.indices.dropLast().map { exit in
      let target = Self.target(of: exit, options.target, exits: grids.count)
      return ConsistencyTerm(
        early: grids[exit], target: grids[target], input: configuration.input,
        grid: options.alignmentGrid, stopGradient: options.stopGradient)
    }
  }

  /// The exit, from 0, whose map an early exit follows.
  private static func target(
    of exit: Int, _ target: GuidedLossOptions.ConsistencyTarget, exits: Int
  ) -> Int {
    switch target {
    case .final: exits - 1
    case .next: exit + 1
    }
  }

  private static func normalised(_ weights: [Double]?, count: Int) -> [Double] {
    let weights = weights ?? [Double](repeating: 1, count: count)
    let total = weights.reduce(0, +)
    precondition(
      weights.count == count && total > 0,
      "\(count) weights with a positive sum needed, got \(weights)")
    return weights.map { $0 / total }
  }

  /// Floats of scratch for the consistency term.
  var scratchCount: Int { terms.map(\.scratchCount).max() ?? 0 }

  /// - Parameters:
  ///   - lambda: λ of this step, which warm-up may have lowered.
  ///   - logits: per exit, [count, classes].
  ///   - attention: per exit, [count, cells].
  ///   - dLogits: per exit; overwritten. dAttention likewise.
  ///   - result: overwritten, its arrays kept, so that a step allocates nothing.
  func evaluate(
    lambda: Double, logits: [UnsafeMutablePointer<Float>],
    attention: [UnsafeMutablePointer<Float>],
    labels: UnsafePointer<Int>, count: Int, dLogits: [UnsafeMutablePointer<Float>],
    dAttention: [UnsafeMutablePointer<Float>], scratch: UnsafeMutablePointer<Float>,
    into result: inout LossTerms
  ) {
    result.total = 0
    for exit in grids.indices {
      let factor = Float(exitWeights[exit] / Double(count))
      let (loss, correct) = CrossEntropy.evaluate(
        logits[exit], labels: labels, count: count, classes: classes, scale: factor,
        dLogits: dLogits[exit])
      result.crossEntropy[exit] = loss
      result.correct[exit] = correct
      result.total += exitWeights[exit] * loss
      dAttention[exit].update(repeating: 0, count: count * grids[exit].count)
    }
    for exit in terms.indices { result.consistencyWeights[exit] = consistencyWeights[exit] }
    if options.adaptiveWeights {
      // The weights need every exit's dissimilarity, so the gradients wait for a second pass.
      for exit in terms.indices {
        result.dissimilarity[exit] = dissimilarity(
          exit, gradientScale: 0, attention: attention, dAttention: dAttention, count: count,
          scratch: scratch)
      }
      weighByShare(&result)
    }
    result.consistency = 0
    for exit in terms.indices {
      let weight = result.consistencyWeights[exit]
      result.dissimilarity[exit] = dissimilarity(
        exit, gradientScale: Float(lambda * weight / Double(count)), attention: attention,
        dAttention: dAttention, count: count, scratch: scratch)
      result.consistency += weight * result.dissimilarity[exit]
    }
    result.total += lambda * result.consistency
  }

  /// Turns the weights c_i into w_i = c_i·d_i / Σ_j c_j·d_j.
  ///
  /// Rounding leaves 1 − cos of equal maps slightly below 0, which counts as 0. Where the sum is 0 (or not a
  /// number) no exit has a share, and c_i stay.
  private func weighByShare(_ result: inout LossTerms) {
    var total = 0.0
    for exit in terms.indices {
      total += consistencyWeights[exit] * max(0, result.dissimilarity[exit])
    }
    guard total > 0 else { return }
    for exit in terms.indices {
      result.consistencyWeights[exit] *= max(0, result.dissimilarity[exit]) / total
    }
  }

  /// The batch's mean of 1 − cos at an early exit.
  /// - Parameter gradientScale: what is accumulated is the gradient of a sample's 1 − cos times this.
  private func dissimilarity(
    _ exit: Int, gradientScale: Float, attention: [UnsafeMutablePointer<Float>],
    dAttention: [UnsafeMutablePointer<Float>], count: Int, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    let target = Self.target(of: exit, options.target, exits: grids.count)
    let (cells, targetCells) = (grids[exit].count, grids[target].count)
    var sum = 0.0
    for sample in 0..<count {
      sum += terms[exit].evaluate(
        early: attention[exit] + sample * cells,
        target: attention[target] + sample * targetCells, scale: gradientScale,
        dEarly: dAttention[exit] + sample * cells,
        dTarget: dAttention[target] + sample * targetCells, scratch: scratch)
    }
    return sum / Double(count)
  }
}
