/// The options of the training loss: L = mean_i CE_i + λ · mean_{i<E} (1 − cos(A_i, Â_t(i))).
///
/// t(i) is the exit whose map exit i follows, Â its map on the grid where both are compared.
package struct GuidedLossOptions: Sendable, Codable, Equatable {
  /// The exit whose map an early exit follows: its target.
  package enum ConsistencyTarget: String, Sendable, Codable, CaseIterable {
    /// The final exit, t(i) = E: the paper's form.
    case final
    /// The exit after it, t(i) = i + 1: a chain up to the final exit ("hierarchical consistency", which the
    /// paper leaves for future work).
    case next
  }

  /// The grid on which an early map and its target are compared.
  package enum AlignmentGrid: String, Sendable, Codable, CaseIterable {
    /// The target is interpolated to the early exit's grid: the paper's form.
    case early
    /// The early map is interpolated to its target's grid: the final exit's, or with `.next` the next exit's.
    case final
    /// Both are interpolated to the input's grid, where the audit compares them.
    case input
  }

  /// λ, at least 0; 0 is the baseline.
  package var lambda: Double
  /// Whether targets are constants for the consistency term, so that only the exit that follows moves.
  package var stopGradient: Bool
  /// The map that each early exit follows.
  package var target: ConsistencyTarget
  /// Where an early map and its target are compared.
  package var alignmentGrid: AlignmentGrid
  /// Weights of the exits' cross-entropies, one an exit; a weighted mean. nil: all equal.
  package var exitWeights: [Double]?
  /// Weights c_i of the early exits' consistency terms, one an early exit; a weighted mean. nil: all equal.
  package var consistencyWeights: [Double]?
  /// Whether each batch weighs exit i's term by its share of the batch's weighted dissimilarity,
  /// w_i = c_i·d_i / Σ_j c_j·d_j with d_i the batch's mean of 1 − cos, so that the exits that agree least are
  /// pulled hardest. The weights are constants for the gradient, and c_i where nothing disagrees.
  package var adaptiveWeights: Bool

  /// The defaults are a baseline: no consistency term. Nothing is checked here.
  package init(
    lambda: Double = 0, stopGradient: Bool = false, target: ConsistencyTarget = .final,
    alignmentGrid: AlignmentGrid = .early, exitWeights: [Double]? = nil,
    consistencyWeights: [Double]? = nil, adaptiveWeights: Bool = false
  ) {
    self.lambda = lambda
    self.stopGradient = stopGradient
    self.target = target
    self.alignmentGrid = alignmentGrid
    self.exitWeights = exitWeights
    self.consistencyWeights = consistencyWeights
    self.adaptiveWeights = adaptiveWeights
  }

  /// Runs made before there were targets and adaptive weights have neither; theirs are the defaults.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    lambda = try fields.decode(Double.self, forKey: .lambda)
    stopGradient = try fields.decode(Bool.self, forKey: .stopGradient)
    target = try fields.decodeIfPresent(ConsistencyTarget.self, forKey: .target) ?? .final
    alignmentGrid = try fields.decode(AlignmentGrid.self, forKey: .alignmentGrid)
    exitWeights = try fields.decodeIfPresent([Double].self, forKey: .exitWeights)
    consistencyWeights = try fields.decodeIfPresent([Double].self, forKey: .consistencyWeights)
    adaptiveWeights = try fields.decodeIfPresent(Bool.self, forKey: .adaptiveWeights) ?? false
  }

  /// The options of a baseline beside this loss: no consistency term, and nothing that only it has.
  package var baseline: GuidedLossOptions {
    var options = self
    options.lambda = 0
    options.stopGradient = false
    options.target = .final
    options.adaptiveWeights = false
    return options
  }
}
