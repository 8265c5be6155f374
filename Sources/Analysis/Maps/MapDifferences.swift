/// EGT − baseline of every measure of maps, sample by sample, while it waits for the bootstrap.
struct MapDifferences {
  private struct Difference {
    var measure: MapMeasure
    var place: Int
    var n: Int
  }

  /// [exit]
  private var measures: [[Difference]] = []
  private var concentration: [(spread: Int?, entropy: Int?, gini: Int?)] = []
  /// Of the cosine, where defined in both arms.
  private var deltas: [[Double]] = []

  /// Adds the differences to a bootstrap that holds both arms' samples.
  init(baseline: ModelScan, egt: ModelScan, bootstrap: inout Bootstrap) {
    func ask(_ values: Column) -> Int? {
      bootstrap.add(values).map { bootstrap.ask(forAverageOf: [$0]) }
    }
    let final = baseline.exitCount - 1
    for exit in 0...final {
      func difference(_ path: (ExitConcentration) -> Column) -> Int? {
        ask(
          PairedStatistics.difference(
            egt.mapSeries(exit: exit) { path($0.concentration) },
            baseline.mapSeries(exit: exit) { path($0.concentration) }))
      }
      concentration.append(
        (difference(\.spread), difference(\.entropy), difference(\.gini)))
      guard exit < final else {
        measures.append([])
        deltas.append([])
        continue
      }
      measures.append(
        MapMeasure.allCases.compactMap { measure in
          let values = PairedStatistics.difference(
            egt.series(exit: exit, measure.series), baseline.series(exit: exit, measure.series))
          return ask(values).map {
            Difference(measure: measure, place: $0, n: values.count { $0 != nil })
          }
        })
      deltas.append(
        PairedStatistics.difference(
          egt.series(exit: exit, \.cosine), baseline.series(exit: exit, \.cosine)
        ).compactMap { $0 })
    }
  }

  /// Writes the differences into the result.
  func write(to paired: inout PairedResult, _ distributions: [BootstrapDistribution]) {
    for exit in paired.exits.indices {
      paired.exits[exit].differences = measures[exit].map {
        MeasureDifference(
          measure: $0.measure, value: distributions[$0.place].estimate, n: $0.n)
      }
      let places = concentration[exit]
      func estimate(_ place: Int?) -> Estimate? { place.map { distributions[$0].estimate } }
      if places.spread != nil || places.gini != nil {
        paired.exits[exit].concentration = ConcentrationDifference(
          spread: estimate(places.spread), entropy: estimate(places.entropy),
          gini: estimate(places.gini))
      }
      let deltas = deltas[exit]
      guard !deltas.isEmpty else { continue }
      let count = Double(deltas.count)
      paired.exits[exit].deltaHistogram = Histogram(deltas, low: -2, high: 2, bins: 80)
      paired.exits[exit].shareBelow = Double(deltas.count { $0 < 0 }) / count
      paired.exits[exit].shareAbove = Double(deltas.count { $0 > 0 }) / count
    }
  }
}
