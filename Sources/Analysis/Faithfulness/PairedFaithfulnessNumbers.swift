/// EGT − baseline of faithfulness, sample by sample, while it waits for the bootstrap.
struct PairedFaithfulnessNumbers {
  private static let measures: [FaithfulnessMeasure] = [
    .deletionGain, .insertionGain, .advantage, .roadGap, .gradCAM(.centred),
  ]

  private let baseline: ModelFaithfulnessScan
  private let egt: ModelFaithfulnessScan
  /// [exit]
  private var places: [[FaithfulnessMeasure: Int]] = []
  /// Over the early exits.
  private var mean: [FaithfulnessMeasure: Int] = [:]

  /// Adds the differences to a bootstrap that holds both arms' samples.
  init(
    baseline: ModelFaithfulnessScan, egt: ModelFaithfulnessScan, exitCount: Int,
    bootstrap: inout Bootstrap
  ) {
    self.baseline = baseline
    self.egt = egt
    var early: [FaithfulnessMeasure: [Int]] = [:]
    for exit in 0..<exitCount {
      var places: [FaithfulnessMeasure: Int] = [:]
      for measure in Self.measures {
        guard let left = baseline.series(exit: exit, measure),
          let right = egt.series(exit: exit, measure),
          let number = bootstrap.add(PairedStatistics.difference(right, left))
        else { continue }
        places[measure] = bootstrap.ask(forAverageOf: [number])
        if exit < exitCount - 1 { early[measure, default: []].append(number) }
      }
      self.places.append(places)
    }
    for measure in Self.measures {
      mean[measure] = early[measure].map { bootstrap.ask(forAverageOf: $0) }
    }
  }

  /// - Parameter design: which runs belong together; nil where not every recording was measured, then runs are held
  ///   fixed.
  func result(
    _ distributions: [BootstrapDistribution], _ design: RunDesign?
  ) -> (exits: [PairedFaithfulness], mean: PairedFaithfulness, areOverRuns: Bool) {
    let least = design.map { min($0.baselineCount, $0.egtCount) } ?? 0
    let hasRuns = least >= RunsEstimate.leastRuns
    func paired(
      _ exit: Int, _ exits: [Int], _ places: [FaithfulnessMeasure: Int]
    ) -> PairedFaithfulness {
      func estimate(_ measure: FaithfulnessMeasure) -> Estimate? {
        guard let place = places[measure] else { return nil }
        guard hasRuns else { return distributions[place].estimate }
        return overRuns(distributions[place], measure, exits, design!)
      }
      return PairedFaithfulness(
        exit: exit, deletionGain: estimate(.deletionGain),
        insertionGain: estimate(.insertionGain), advantage: estimate(.advantage),
        roadGap: estimate(.roadGap), gradCAMCentred: estimate(.gradCAM(.centred)))
    }
    let last = places.count - 1
    return (
      places.enumerated().map { paired($0 + 1, [$0], $1) }, paired(0, Array(0..<last), mean),
      hasRuns
    )
  }

  /// The difference with its interval over images and runs (`RunsEstimate`); without an interval where a run lacks the
  /// number.
  private func overRuns(
    _ distribution: BootstrapDistribution, _ measure: FaithfulnessMeasure, _ exits: [Int],
    _ design: RunDesign
  ) -> Estimate {
    guard let left = baseline.runNumbers(exits: exits, measure),
      let right = egt.runNumbers(exits: exits, measure),
      let widened = RunComponent.widen(
        { distribution.estimate(alpha: $0) }, by: design.components(left, right),
        range: -Double.infinity...Double.infinity)
    else { return Estimate(distribution.estimate.value) }
    return widened
  }
}
