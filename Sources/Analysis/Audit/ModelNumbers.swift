/// A model's numbers: every measure at every place where it exists.
struct ModelNumbers {
  /// What is known of a number before the bootstrap runs, and what it waits for.
  private struct Entry {
    var measure: Measure
    var place: Place
    var number: Pending<Number>
  }

  private let model: Int
  private var entries: [Entry] = []

  /// Asks a bootstrap over the model's samples.
  /// - Parameters:
  ///   - model: the place in the list.
  ///   - design: how its runs are drawn, as `Bootstrap.add(_:)` returned it.
  ///   - isReference: whether the model stands on that design's side of the reference.
  init(
    _ scan: ModelScan, model: Int, design: Int, isReference: Bool, _ bootstrap: inout Bootstrap
  ) {
    self.model = model
    for place in Place.all(exitCount: scan.exitCount) {
      for measure in Measure.all {
        let exits = scan.exits(of: measure, at: place)
        guard
          var number = Self.number(measure, place, exits, scan, &bootstrap)
        else { continue }
        if scan.recordingCount > 1, measure.inference == .tested,
          let runs = Self.runs(
            measure, place, exits, scan, design: design, isReference: isReference, &bootstrap)
        {
          let plain = number
          number = Pending { distributions in
            var number = plain.value(in: distributions)
            number.runs = runs.value(in: distributions)
            return number
          }
        }
        entries.append(Entry(measure: measure, place: place, number: number))
      }
    }
  }

  /// Writes the numbers, given the bootstrap's answer.
  func fill(_ numbers: inout Numbers, _ distributions: [BootstrapDistribution]) {
    for entry in entries {
      var number = entry.number.value(in: distributions)
      if let base = entry.measure.source.base?() {
        // A reader who subtracts must get what is printed: the series' own mean differs by the weights of samples that only
        // some recordings define.
        guard let own = numbers[base, entry.place, model: model], let null = own.null else {
          continue
        }
        number.estimate.value = own.value - null
        number.runs?.estimate.value = own.value - null
        (number.n, number.undefined) = (own.n, own.undefined)
      }
      numbers[entry.measure, entry.place, .model(model)] = number
    }
  }
}

extension ModelNumbers {
  /// nil where the measure does not exist at the place, or no image is defined.
  private static func number(
    _ measure: Measure, _ place: Place, _ exits: [Int], _ scan: ModelScan,
    _ bootstrap: inout Bootstrap
  ) -> Pending<Number>? {
    if place == .earlyStop {
      guard measure == .accuracy else { return nil }
      let right = WilsonInterval.estimate(meanOf: scan.rightnessOnLeaving().compactMap { $0 })
      return .known(Number(right, n: scan.total))
    }
    guard !exits.isEmpty else { return nil }
    guard measure.source.series != nil else {
      // An excess that has no interval: its value is its base's.
      return .known(Number(Estimate(.nan)))
    }
    let columns = exits.map { scan.images(measure, exit: $0) }
    let means = columns.map(\.definedMean)
    guard means.contains(where: { $0 != nil }) else { return nil }
    let defined = scan.defined(measure, exits: zip(exits, means).filter { $1 != nil }.map(\.0))
    let nulls = zip(exits, means).compactMap { exit, mean -> Double?? in
      mean == nil ? nil : measure.source.null?(scan, exit)
    }
    // An exit with a single defined sample has a value but no null; then the mean has none either.
    let null = nulls.contains { $0 == nil } ? nil : nulls.map { $0 }.definedMean
    let value = measure.source.value.flatMap { value in
      exits.map { value(scan, $0) }.definedMean
    }
    let estimate = estimate(measure, place, columns, means, &bootstrap)
    return estimate.map { estimate in
      var number = Number(estimate, n: defined, undefined: scan.total - defined)
      number.null = null
      if let value { number.estimate.value = value }
      return number
    }
  }

  private static func estimate(
    _ measure: Measure, _ place: Place, _ columns: [Column], _ means: [Double?],
    _ bootstrap: inout Bootstrap
  ) -> Pending<Estimate> {
    if measure == .accuracy, place != .early {
      return .known(WilsonInterval.estimate(meanOf: columns[0].compactMap { $0 }))
    }
    if measure.inference == .mean || measure == .accuracy {
      return .known(Estimate(means.definedMean!))
    }
    return bootstrap.average(of: columns)!.map(\.estimate)
  }

  /// Over training runs; nil where no image is defined.
  private static func runs(
    _ measure: Measure, _ place: Place, _ exits: [Int], _ scan: ModelScan, design: Int,
    isReference: Bool, _ bootstrap: inout Bootstrap
  ) -> Pending<RunsEstimate>? {
    let runs = scan.runs(measure, at: place, exits: exits)
    let series = scan.images(measure, at: place, exits: exits)
    let images: ImageInterval
    if measure == .accuracy {
      images = .shares(series[0].indices.map { image in series.map { $0[image] }.definedMean! })
    } else {
      guard let mean = bootstrap.average(of: series) else { return nil }
      images = .bootstrap(mean)
    }
    let numbers = runs.map { RunNumber($0) }
    let nested =
      isReference
      ? bootstrap.nested(reference: runs, design: design)
      : bootstrap.nested(model: runs, design: design)
    let component = RunComponent(numbers.compactMap { $0 })
    return Pending { distributions in
      RunsEstimate(
        values: numbers.map { $0?.value }, images: { images.estimate($0, distributions) },
        components: [component], range: measure.range,
        nested: nested.value(in: distributions))
    }
  }
}
