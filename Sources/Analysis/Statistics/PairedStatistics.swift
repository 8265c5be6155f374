/// EGT − baseline, sample by sample, while it waits for the bootstrap.
struct PairedStatistics {
  private struct Places {
    var cosine: Int?
    var centred: Int?
    var accuracy: Int
  }

  private var exits: [Places] = []
  private var mean: Places
  private var maps: MapDifferences

  /// Adds the differences to a bootstrap that holds both arms' samples.
  init(baseline: ArmScan, egt: ArmScan, bootstrap: inout Bootstrap) {
    var cosines: [Int] = []
    var centreds: [Int] = []
    var accuracies: [Int] = []
    let final = baseline.exitCount - 1
    for exit in 0...final {
      let accuracy = bootstrap.add(
        Self.difference(egt.rightness(exit: exit), baseline.rightness(exit: exit)))!
      guard exit < final else {
        exits.append(Places(accuracy: bootstrap.ask(forAverageOf: [accuracy])))
        continue
      }
      let cosine = bootstrap.add(
        Self.difference(egt.series(exit: exit, \.cosine), baseline.series(exit: exit, \.cosine)))
      let centred = bootstrap.add(
        Self.difference(egt.series(exit: exit, \.centred), baseline.series(exit: exit, \.centred)))
      if let cosine { cosines.append(cosine) }
      if let centred { centreds.append(centred) }
      accuracies.append(accuracy)
      exits.append(
        Places(
          cosine: cosine.map { bootstrap.ask(forAverageOf: [$0]) },
          centred: centred.map { bootstrap.ask(forAverageOf: [$0]) },
          accuracy: bootstrap.ask(forAverageOf: [accuracy])))
    }
    mean = Places(
      cosine: cosines.isEmpty ? nil : bootstrap.ask(forAverageOf: cosines),
      centred: centreds.isEmpty ? nil : bootstrap.ask(forAverageOf: centreds),
      accuracy: bootstrap.ask(forAverageOf: accuracies))
    maps = MapDifferences(baseline: baseline, egt: egt, bootstrap: &bootstrap)
  }

  func result(_ distributions: [BootstrapDistribution]) -> PairedResult {
    func paired(_ exit: Int, _ places: Places) -> PairedExit {
      PairedExit(
        exit: exit, deltaCosine: places.cosine.map { distributions[$0].estimate },
        p: places.cosine.flatMap { distributions[$0].p },
        deltaCentred: places.centred.map { distributions[$0].estimate },
        deltaAccuracy: distributions[places.accuracy].estimate)
    }
    var result = PairedResult(
      exits: exits.enumerated().map { paired($0 + 1, $1) }, mean: paired(0, mean))
    maps.write(to: &result, distributions)
    return result
  }

  /// Defined where both are.
  static func difference(_ left: [Double?], _ right: [Double?]) -> [Double?] {
    zip(left, right).map { left, right in
      guard let left, let right else { return nil }
      return left - right
    }
  }
}
