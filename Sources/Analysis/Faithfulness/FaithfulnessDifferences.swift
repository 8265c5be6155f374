/// Model − reference of faithfulness, sample by sample, while it waits for the bootstrap.
struct FaithfulnessDifferences {
  private static let measures: [FaithfulnessMeasure] = [
    .deletionGain, .insertionGain, .advantage, .roadGap, .gradCAM(.centred),
  ]

  private let reference: ModelFaithfulnessScan
  private let model: ModelFaithfulnessScan
  /// [exit]
  private var pending: [[FaithfulnessMeasure: Pending<BootstrapDistribution>]] = []
  /// Over the early exits.
  private var mean: [FaithfulnessMeasure: Pending<BootstrapDistribution>] = [:]

  /// Asks a bootstrap over both models' samples.
  init(
    reference: ModelFaithfulnessScan, model: ModelFaithfulnessScan, exitCount: Int,
    bootstrap: inout Bootstrap
  ) {
    self.reference = reference
    self.model = model
    var early: [FaithfulnessMeasure: [Column]] = [:]
    for exit in 0..<exitCount {
      var pending: [FaithfulnessMeasure: Pending<BootstrapDistribution>] = [:]
      for measure in Self.measures {
        guard let left = reference.series(exit: exit, measure),
          let right = model.series(exit: exit, measure)
        else { continue }
        let differences = Column(difference: right, left)
        guard let mean = bootstrap.mean(of: differences) else { continue }
        pending[measure] = mean
        if exit < exitCount - 1 { early[measure, default: []].append(differences) }
      }
      self.pending.append(pending)
    }
    for measure in Self.measures {
      mean[measure] = early[measure].flatMap { bootstrap.average(of: $0) }
    }
  }

  /// - Parameter design: which runs belong together; nil where not every recording was measured, then runs are held
  ///   fixed.
  func result(
    _ distributions: [BootstrapDistribution], _ design: RunDesign?
  ) -> FaithfulnessComparison {
    let least = design.map { min($0.referenceCount, $0.modelCount) } ?? 0
    let hasRuns = least >= RunsEstimate.leastRuns
    func paired(
      _ exit: Int, _ exits: [Int],
      _ pending: [FaithfulnessMeasure: Pending<BootstrapDistribution>]
    ) -> PairedFaithfulness {
      func estimate(_ measure: FaithfulnessMeasure) -> Estimate? {
        guard let distribution = pending[measure]?.value(in: distributions) else { return nil }
        guard hasRuns else { return distribution.estimate }
        return overRuns(distribution, measure, exits, design!)
      }
      return PairedFaithfulness(
        exit: exit, deletionGain: estimate(.deletionGain),
        insertionGain: estimate(.insertionGain), advantage: estimate(.advantage),
        roadGap: estimate(.roadGap), gradCAMCentred: estimate(.gradCAM(.centred)))
    }
    let last = pending.count - 1
    return FaithfulnessComparison(
      exits: pending.enumerated().map { paired($0 + 1, [$0], $1) },
      mean: paired(0, Array(0..<last), mean), areOverRuns: hasRuns)
  }

  /// The difference with its interval over images and runs (`RunsEstimate`); without an interval where a run lacks the
  /// number.
  private func overRuns(
    _ distribution: BootstrapDistribution, _ measure: FaithfulnessMeasure, _ exits: [Int],
    _ design: RunDesign
  ) -> Estimate {
    guard let left = reference.runNumbers(exits: exits, measure),
      let right = model.runNumbers(exits: exits, measure),
      let widened = RunComponent.widen(
        { distribution.estimate(alpha: $0) }, by: design.components(left, right),
        range: -Double.infinity...Double.infinity)
    else { return Estimate(distribution.estimate.value) }
    return widened
  }
}
