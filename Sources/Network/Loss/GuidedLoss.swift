import TensorCore

/// The options of the training loss: L = mean_i CE_i + λ · mean_{i<E} (1 − cos(A_i, Â_E)).
public struct GuidedLossOptions: Sendable, Codable, Equatable {
  /// The grid on which an early map and the final one are compared.
  public enum AlignmentGrid: String, Sendable, Codable, CaseIterable {
    /// The final map is interpolated to the early exit's grid: the paper's form.
    case early
    /// The early map is interpolated to the final exit's grid.
    case final
    /// Both are interpolated to the input's grid, where the audit compares them.
    case input
  }

  /// λ, at least 0; 0 is the baseline.
  public var lambda: Double
  /// Whether the final map is a constant for the consistency term, so that only early exits move.
  public var stopGradient: Bool
  public var alignmentGrid: AlignmentGrid
  /// Weights of the exits' cross-entropies, one an exit; a weighted mean. nil: all equal.
  public var exitWeights: [Double]?
  /// Weights of the early exits' consistency terms, one an early exit; a weighted mean. nil: all equal.
  public var consistencyWeights: [Double]?

  public init(
    lambda: Double = 0, stopGradient: Bool = false, alignmentGrid: AlignmentGrid = .early,
    exitWeights: [Double]? = nil, consistencyWeights: [Double]? = nil
  ) {
    self.lambda = lambda
    self.stopGradient = stopGradient
    self.alignmentGrid = alignmentGrid
    self.exitWeights = exitWeights
    self.consistencyWeights = consistencyWeights
  }
}

/// The loss of one batch, its parts before weighting, as means over the batch's samples.
public struct LossTerms: Sendable, Equatable {
  /// mean_i CE_i + λ · consistency.
  public var total: Double
  /// Per exit.
  public var crossEntropy: [Double]
  /// Per early exit: mean over samples of 1 − cos.
  public var dissimilarity: [Double]
  /// The weighted mean of `dissimilarity`.
  public var consistency: Double
  /// Per exit: samples answered rightly.
  public var correct: [Int]

  /// Zeros.
  init(exits: Int) {
    total = 0
    crossEntropy = [Double](repeating: 0, count: exits)
    dissimilarity = [Double](repeating: 0, count: exits - 1)
    consistency = 0
    correct = [Int](repeating: 0, count: exits)
  }
}

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
    terms = grids.dropLast().map { early in
      ConsistencyTerm(
        early: early, final: grids.last!, input: configuration.input, grid: options.alignmentGrid,
        stopGradient: options.stopGradient)
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
    let exits = grids.count
    result.total = 0
    result.consistency = 0
    for exit in 0..<exits {
      let factor = Float(exitWeights[exit] / Double(count))
      let (loss, correct) = CrossEntropy.evaluate(
        logits[exit], labels: labels, count: count, classes: classes, scale: factor,
        dLogits: dLogits[exit])
      result.crossEntropy[exit] = loss
      result.correct[exit] = correct
      result.total += exitWeights[exit] * loss
      dAttention[exit].update(repeating: 0, count: count * grids[exit].count)
    }
    let final = exits - 1
    for exit in 0..<final {
      let factor = Float(lambda * consistencyWeights[exit] / Double(count))
      var sum = 0.0
      for sample in 0..<count {
        sum += terms[exit].evaluate(
          early: attention[exit] + sample * grids[exit].count,
          final: attention[final] + sample * grids[final].count, scale: factor,
          dEarly: dAttention[exit] + sample * grids[exit].count,
          dFinal: dAttention[final] + sample * grids[final].count, scratch: scratch)
      }
      result.dissimilarity[exit] = sum / Double(count)
      result.consistency += consistencyWeights[exit] * sum / Double(count)
    }
    result.total += lambda * result.consistency
  }
}
