/// EGT − baseline of faithfulness, sample by sample, while it waits for the bootstrap.
struct PairedFaithfulnessNumbers {
  private static let measures: [FaithfulnessMeasure] = [
    .deletionGain, .insertionGain, .advantage, .roadGap, .gradCAM(.centred),
  ]

  /// [exit]
  private var places: [[FaithfulnessMeasure: Int]] = []
  /// Over the early exits.
  private var mean: [FaithfulnessMeasure: Int] = [:]

  /// Adds the differences to a bootstrap that holds both arms' samples.
  init(
    baseline: ArmFaithfulnessScan, egt: ArmFaithfulnessScan, exitCount: Int,
    bootstrap: inout Bootstrap
  ) {
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

  func result(
    _ distributions: [BootstrapDistribution]
  ) -> (exits: [PairedFaithfulness], mean: PairedFaithfulness) {
    func paired(_ exit: Int, _ places: [FaithfulnessMeasure: Int]) -> PairedFaithfulness {
      func estimate(_ measure: FaithfulnessMeasure) -> Estimate? {
        places[measure].map { distributions[$0].estimate }
      }
      return PairedFaithfulness(
        exit: exit, deletionGain: estimate(.deletionGain),
        insertionGain: estimate(.insertionGain), advantage: estimate(.advantage),
        roadGap: estimate(.roadGap), gradCAMCentred: estimate(.gradCAM(.centred)))
    }
    return (places.enumerated().map { paired($0 + 1, $1) }, paired(0, mean))
  }
}
