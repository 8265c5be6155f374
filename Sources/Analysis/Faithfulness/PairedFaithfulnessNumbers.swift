/// EGT − baseline of faithfulness, sample by sample, while it waits for the bootstrap.
struct PairedFaithfulnessNumbers {
  private static let measures: [FaithfulnessMeasure] = [
    .deletionGain, .insertionGain, .advantage, .roadGap, .gradCAM(.centred),
  ]

  /// [exit]
  private var places: [[FaithfulnessMeasure: Int]] = []

  /// Adds the differences to a bootstrap that holds both arms' samples.
  init(
    baseline: ArmFaithfulnessScan, egt: ArmFaithfulnessScan, exitCount: Int,
    bootstrap: inout Bootstrap
  ) {
    for exit in 0..<exitCount {
      var places: [FaithfulnessMeasure: Int] = [:]
      for measure in Self.measures {
        guard let left = baseline.series(exit: exit, measure),
          let right = egt.series(exit: exit, measure),
          let number = bootstrap.add(PairedStatistics.difference(right, left))
        else { continue }
        places[measure] = bootstrap.ask(forAverageOf: [number])
      }
      self.places.append(places)
    }
  }

  func result(_ distributions: [BootstrapDistribution]) -> [PairedFaithfulness] {
    places.enumerated().map { exit, places in
      func estimate(_ measure: FaithfulnessMeasure) -> Estimate? {
        places[measure].map { distributions[$0].estimate }
      }
      return PairedFaithfulness(
        exit: exit + 1, deletionGain: estimate(.deletionGain),
        insertionGain: estimate(.insertionGain), advantage: estimate(.advantage),
        roadGap: estimate(.roadGap), gradCAMCentred: estimate(.gradCAM(.centred)))
    }
  }
}
