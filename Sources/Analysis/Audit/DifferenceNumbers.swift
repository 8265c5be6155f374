/// Model − reference, image by image.
struct DifferenceNumbers {
  private struct Entry {
    var measure: Measure
    var place: Place
    var number: Pending<Number>
  }

  private let model: Int
  private let exitCount: Int
  private var entries: [Entry] = []

  /// Asks a bootstrap over the samples of both. Where the models have other numbers of exits, only the final exits, the
  /// means over early exits and the early stop are compared; a place is then the model's own.
  init(
    reference: ModelScan, model: ModelScan, number: Int, design: RunDesign, designNumber: Int,
    _ bootstrap: inout Bootstrap
  ) {
    self.model = number
    exitCount = model.exitCount
    let isSameForm = reference.exitCount == model.exitCount
    let pair = ScanPair(reference: reference, model: model, design: design)
    for place in Place.all(exitCount: exitCount) {
      if case .exit(let exit) = place, !isSameForm, exit < exitCount { continue }
      for measure in Measure.all where measure.isCompared {
        guard
          let number = pair.difference(measure, place, designNumber: designNumber, &bootstrap)
        else { continue }
        entries.append(Entry(measure: measure, place: place, number: number))
      }
    }
  }

  /// Writes the differences, given the bootstrap's answer, and adjusts their p-values: a family is one measure over all
  /// exits at which it is tested (Holm). The mean and the early stop are questions of their own.
  func fill(_ numbers: inout Numbers, _ distributions: [BootstrapDistribution]) {
    for entry in entries {
      numbers[entry.measure, entry.place, .difference(model)] = entry.number.value(
        in: distributions)
    }
    for measure in Measure.tested {
      let places = (1...exitCount).map { Place.exit($0) }
      let found = places.map { numbers[measure, $0, difference: model] }
      let images = HolmAdjustment.adjusted(found.map { $0?.p })
      let runs = HolmAdjustment.adjusted(found.map { $0?.runs?.p })
      for (index, place) in places.enumerated() {
        numbers[measure, place, .difference(model)]?.holmP = images[index]
        numbers[measure, place, .difference(model)]?.runs?.holmP = runs[index]
      }
    }
  }
}

/// Two models on the same samples.
private struct ScanPair {
  let reference: ModelScan
  let model: ModelScan
  let design: RunDesign

  /// nil where the measure does not exist at the place, or no image is defined in both.
  func difference(
    _ measure: Measure, _ place: Place, designNumber: Int, _ bootstrap: inout Bootstrap
  ) -> Pending<Number>? {
    let exits = (self.exits(measure, place, reference), self.exits(measure, place, model))
    guard !exits.0.isEmpty, !exits.1.isEmpty else { return nil }
    var left = reference.images(measure, at: place, exits: exits.0)
    var right = model.images(measure, at: place, exits: exits.1)
    let areAlike = left.count == right.count
    if !areAlike {
      // Means over other numbers of exits have no exits in common: each image's own mean stands for them.
      (left, right) = ([ModelScan.average(left)], [ModelScan.average(right)])
    }
    let differences = zip(right, left).map { Column(difference: $0, $1) }
    // With several exits, an image's mean over those at which it is defined.
    let perImage = ModelScan.average(differences)
    let images: ImageInterval
    if measure == .accuracy {
      images = .differences(PairedShares(perImage.map { $0! }))
    } else {
      guard let mean = bootstrap.average(of: differences) else { return nil }
      images = .bootstrap(mean)
    }
    let n = perImage.count { $0 != nil }
    guard measure.inference == .tested else {
      return Pending { Number(images.estimate(0.05, $0), n: n) }
    }
    let effect = measure == .accuracy ? nil : bootstrap.standardisedMean(of: perImage)
    let mcNemar = measure == .accuracy ? mcNemar(place) : nil
    let runs =
      areAlike && reference.recordingCount > 1 && model.recordingCount > 1
      ? runs(measure, place, exits, differences, images, designNumber, &bootstrap) : nil
    return Pending { distributions in
      var number = Number(images.estimate(0.05, distributions), n: n)
      number.p = mcNemar?.p ?? images.p(distributions)
      number.mcNemar = mcNemar
      number.effectSize = effect.flatMap { effect in
        let effect = effect.value(in: distributions)
        return effect.value.isNaN ? nil : effect.estimate
      }
      number.runs = runs?(distributions, number.p)
      return number
    }
  }

  /// Of a place of the model, in either of the two: the final exits belong together.
  private func exits(_ measure: Measure, _ place: Place, _ scan: ModelScan) -> [Int] {
    if case .exit(let exit) = place, exit == model.exitCount {
      return scan.exits(of: measure, at: .exit(scan.exitCount))
    }
    return scan.exits(of: measure, at: place)
  }

  private func mcNemar(_ place: Place) -> McNemarTest? {
    guard place != .early, reference.recordingCount == 1, model.recordingCount == 1 else {
      return nil
    }
    func isRight(_ scan: ModelScan) -> [Bool] {
      guard case .exit(let exit) = place else { return scan.outcomes[0].isRight }
      return scan.exits[0][exit == model.exitCount ? scan.exitCount - 1 : exit - 1].answers.isRight
    }
    return McNemarTest(reference: isRight(reference), model: isRight(model))
  }

  /// Runs are compared on the images at which the difference is defined: those of a matched pair where both are,
  /// those of independent runs where each is.
  private func runs(
    _ measure: Measure, _ place: Place, _ exits: ([Int], [Int]), _ differences: [Column],
    _ images: ImageInterval, _ designNumber: Int, _ bootstrap: inout Bootstrap
  ) -> ([BootstrapDistribution], _ least: Double?) -> RunsEstimate {
    let whole = (
      reference.runs(measure, at: place, exits: exits.0),
      model.runs(measure, at: place, exits: exits.1)
    )
    var partners: ([[Column]?], [[Column]?])
    partners = (whole.0.map { _ in nil }, whole.1.map { _ in nil })
    for pair in design.pairs ?? [] {
      partners.0[pair.reference] = whole.1[pair.model]
      partners.1[pair.model] = whole.0[pair.reference]
    }
    let left = Self.restricted(whole.0, partners.0, to: differences)
    let right = Self.restricted(whole.1, partners.1, to: differences)
    let nested = bootstrap.nested(reference: left, model: right, design: designNumber)
    let numbers = (left.map { RunNumber($0) }, right.map { RunNumber($0) })
    var values: [Double?] = []
    let components: [RunComponent]
    if let pairs = design.pairs {
      let both = pairs.map { pair -> RunNumber? in
        guard let left = numbers.0[pair.reference], let right = numbers.1[pair.model] else {
          return nil
        }
        return right - left
      }
      values = both.map { $0?.value }
      components = [RunComponent(both.compactMap { $0 })]
    } else {
      components = [
        RunComponent(numbers.0.compactMap { $0 }), RunComponent(numbers.1.compactMap { $0 }),
      ]
    }
    return { distributions, least in
      let images = { (alpha: Double) in images.estimate(alpha, distributions) }
      var estimate = RunsEstimate(
        values: values, images: images, components: components, range: measure.differences,
        nested: nested.value(in: distributions))
      estimate.p = least.flatMap { RunComponent.p(images, by: components, least: $0) }
      return estimate
    }
  }

  private static func restricted(
    _ runs: [[Column]], _ others: [[Column]?], to differences: [Column]
  ) -> [[Column]] {
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
}
