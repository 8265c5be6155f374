/// EGT − baseline, image by image, while it waits for the bootstrap.
struct PairedStatistics {
  private struct Plan {
    var measure: AuditMeasure
    var place: AuditPlace
    var images: ImageInterval
    /// Place of the standardised mean among the statistics.
    var effect: Int?
    /// Of the answers of one recording an arm.
    var mcNemar: McNemarTest?
    var runs: Runs?
  }

  /// The difference over several runs in each arm.
  private struct Runs {
    /// Per matched pair; empty where runs are independent.
    var values: [Double?]
    var components: [RunComponent]
    var nested: Int
  }

  private let exitCount: Int
  private let design: RunDesign
  private var plans: [Plan] = []
  private let maps: MapDifferences

  /// Adds the differences to a bootstrap that holds both arms' samples.
  init(baseline: ModelScan, egt: ModelScan, design: RunDesign, bootstrap: inout Bootstrap) {
    exitCount = baseline.exitCount
    self.design = design
    for place in AuditPlace.all(exitCount: exitCount) {
      for measure in AuditMeasure.allCases {
        guard let left = baseline.imageSeries(measure, place),
          let right = egt.imageSeries(measure, place)
        else { continue }
        let differences = zip(right, left).map { Self.difference($0, $1) }
        guard
          var plan = Self.plan(measure, place, differences, &bootstrap)
        else { continue }
        if measure == .accuracy, place != .mean {
          plan.mcNemar = Self.mcNemar(baseline, egt, place)
        }
        if baseline.recordingCount > 1, egt.recordingCount > 1 {
          plan.runs = Self.runs(
            baseline.series(measure, place)!, egt.series(measure, place)!, differences, design,
            &bootstrap)
        }
        plans.append(plan)
      }
    }
    maps = MapDifferences(baseline: baseline, egt: egt, bootstrap: &bootstrap)
  }

  /// nil where no image is defined in both arms.
  private static func plan(
    _ measure: AuditMeasure, _ place: AuditPlace, _ differences: [Column],
    _ bootstrap: inout Bootstrap
  ) -> Plan? {
    // With several exits, an image's mean over those at which it is defined.
    let perImage = ModelScan.average(differences)
    if measure == .accuracy {
      return Plan(
        measure: measure, place: place,
        images: .differences(PairedShares(perImage.map { $0! })))
    }
    let numbers = differences.compactMap { bootstrap.add($0) }
    guard !numbers.isEmpty, let whole = bootstrap.add(perImage) else { return nil }
    return Plan(
      measure: measure, place: place, images: .bootstrap(bootstrap.ask(forAverageOf: numbers)),
      effect: bootstrap.ask(forStandardisedMeanOf: whole))
  }

  private static func mcNemar(
    _ baseline: ModelScan, _ egt: ModelScan, _ place: AuditPlace
  ) -> McNemarTest? {
    guard baseline.recordingCount == 1, egt.recordingCount == 1 else { return nil }
    return McNemarTest(
      baseline: baseline.answers(recording: 0, place), egt: egt.answers(recording: 0, place))
  }

  /// Runs are compared on the images at which the difference is defined: those of a matched pair where both are,
  /// those of independent runs where each is.
  private static func runs(
    _ baseline: [[Column]], _ egt: [[Column]], _ differences: [Column],
    _ design: RunDesign, _ bootstrap: inout Bootstrap
  ) -> Runs {
    func restricted(_ runs: [[Column]], _ others: [[Column]?]) -> [[Column]] {
      zip(runs, others).map { run, other in
        run.indices.map { series in
          Column(
            run[series].indices.lazy.map { image in
              let isDefined =
                differences[series][image] != nil
                && (other.map { $0[series][image] != nil } ?? true)
              return isDefined ? run[series][image] : nil
            })
        }
      }
    }
    var partners: (baseline: [[Column]?], egt: [[Column]?])
    partners = (baseline.map { _ in nil }, egt.map { _ in nil })
    for pair in design.pairs ?? [] {
      partners.baseline[pair.baseline] = egt[pair.egt]
      partners.egt[pair.egt] = baseline[pair.baseline]
    }
    let left = restricted(baseline, partners.baseline)
    let right = restricted(egt, partners.egt)
    let numbers = (left.map { RunNumber($0) }, right.map { RunNumber($0) })
    let nested = bootstrap.ask(
      forNested: .init(
        baseline: left.map { run in run.compactMap { bootstrap.add($0) } },
        egt: right.map { run in run.compactMap { bootstrap.add($0) } }))
    guard let pairs = design.pairs else {
      return Runs(
        values: [],
        components: [
          RunComponent(numbers.0.compactMap { $0 }), RunComponent(numbers.1.compactMap { $0 }),
        ], nested: nested)
    }
    let both = pairs.map { pair -> RunNumber? in
      guard let left = numbers.0[pair.baseline], let right = numbers.1[pair.egt] else {
        return nil
      }
      return right - left
    }
    return Runs(
      values: both.map { $0?.value }, components: [RunComponent(both.compactMap { $0 })],
      nested: nested)
  }

  /// Defined where both are.
  static func difference(
    _ left: some Sequence<Double?>, _ right: some Sequence<Double?>
  ) -> Column {
    Column(
      zip(left, right).lazy.map { left, right in
        guard let left, let right else { return nil }
        return left - right
      })
  }
}

extension PairedStatistics {
  func result(_ distributions: [BootstrapDistribution]) -> PairedResult {
    let numbers = plans.map { number($0, distributions) }
    func exit(_ place: AuditPlace, _ number: Int) -> PairedExit {
      var exit = PairedExit(exit: number)
      for (plan, number) in zip(plans, numbers) where plan.place == place {
        exit[plan.measure] = number
      }
      return exit
    }
    var result = PairedResult(
      exits: (1...exitCount).map { exit(.exit($0), $0) }, mean: exit(.mean, 0))
    result.earlyExit = zip(plans, numbers).first { $0.0.place == .earlyExit }?.1
    result.design = design
    result.adjust()
    maps.write(to: &result, distributions)
    return result
  }

  private func number(
    _ plan: Plan, _ distributions: [BootstrapDistribution]
  ) -> PairedNumber {
    let images = { (alpha: Double) in plan.images.estimate(alpha, distributions) }
    let p: Double? =
      switch plan.images {
      case .bootstrap(let place): distributions[place].p
      case .shares: nil
      case .differences(let differences): plan.mcNemar?.p ?? differences.p
      }
    var number = PairedNumber(delta: images(0.05), p: p)
    number.mcNemar = plan.mcNemar
    number.effectSize = plan.effect.flatMap { place in
      distributions[place].value.isNaN ? nil : distributions[place].estimate
    }
    if let runs = plan.runs {
      number.runs = RunsEstimate(
        values: runs.values, images: images, components: runs.components,
        range: plan.measure.differences, nested: distributions[runs.nested])
      number.runs?.p = p.flatMap { RunComponent.p(images, by: runs.components, least: $0) }
    }
    return number
  }
}

extension ModelScan {
  /// Whether a recording answers each image rightly at an exit or where the image leaves.
  func answers(recording: Int, _ place: AuditPlace) -> [Bool] {
    guard case .exit(let exit) = place else { return outcomes[recording].isRight }
    return exits[recording][exit - 1].answers.isRight
  }
}
