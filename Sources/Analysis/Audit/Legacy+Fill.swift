import TensorCore

/// What pages read that have not been moved to `Numbers`.
extension AuditResult {
  mutating func fillLegacy() {
    for index in models.indices { models[index].fill(numbers, input) }
    for index in comparisons.indices where comparisons[index].paired != nil {
      comparisons[index].paired!.fill(numbers, comparisons[index].model)
    }
    for index in classes.indices {
      let label = classes[index].label
      classes[index].models = models.map { model in
        guard !samples.isEmpty, samples[0].models[model.index] != nil else { return nil }
        return ClassModel(numbers, label, model)
      }
      classes[index].deltas = models.map {
        numbers[.cosine, .label(label), difference: $0.index]?.estimate
      }
    }
  }
}

extension ClassModel {
  fileprivate init(_ numbers: Numbers, _ label: Int, _ model: ModelResult) {
    func row(_ place: Place) -> ClassNumbersRow {
      let cosine = numbers[.cosine, place, model: model.index]
      return ClassNumbersRow(
        n: cosine?.n ?? 0, cosine: cosine?.estimate,
        centred: numbers[.centred, place, model: model.index]?.value,
        excess: numbers[.excess, place, model: model.index]?.value,
        sameClassExcess: numbers[.sameClassExcess, place, model: model.index]?.value)
    }
    self.init(
      mean: row(.label(label)),
      exits: model.exits.dropLast().map { row(.labelAtExit(label, exit: $0.exit)) },
      accuracy: numbers[.accuracy, .label(label), model: model.index]?.estimate)
  }
}

extension ModelResult {
  fileprivate mutating func fill(_ numbers: Numbers, _ input: GridSize) {
    for at in exits.indices {
      let place = Place.exit(at + 1)
      func number(_ measure: Measure) -> Number? { numbers[measure, place, model: index] }
      exits[at].accuracy = number(.accuracy)!.estimate
      exits[at].consistency = ConsistencyResult(numbers, place, index)
      exits[at].spread = number(.spread)?.value
      exits[at].entropy = number(.entropy)?.value
      let grid = exits[at].grid
      let final = exits[exits.count - 1].grid
      exits[at].similarities =
        at == exits.count - 1
        ? []
        : MapMeasure.allCases.compactMap { measure in
          guard let own = number(measure.measure) else { return nil }
          let where_ =
            switch measure {
            case .cosine, .centred: input
            case .cosineOnExitGrid: grid
            default: MapComparison.grid(grid, final)
            }
          var row = SimilarityResult(
            measure: measure, grid: where_, value: own.estimate, n: own.n,
            undefined: own.undefined)
          row.null = own.null
          row.excess = measure.measure.excess.flatMap { number($0) }?.estimate
          let sameClass: Measure? =
            measure == .cosine
            ? .sameClassExcess : measure == .centred ? .sameClassCentredExcess : nil
          if let sameClass, let own = number(sameClass) {
            row.sameClassNull = own.null
            row.sameClassExcess = own.estimate
            row.sameClassN = own.n
          }
          return row
        }
      if let spread = number(.sharedSpread) ?? number(.gini) {
        _ = spread
        let total = exits[at].n + exits[at].undefined
        let n = (number(.sharedSpread)?.n ?? 0, number(.gini)?.n ?? 0)
        exits[at].concentration = ConcentrationResult(
          grid: sharedGrid!, spread: number(.sharedSpread)?.estimate,
          entropy: number(.sharedEntropy)?.estimate, gini: number(.gini)?.estimate, n: n.0,
          undefined: total - n.0, shareN: n.1, shareUndefined: total - n.1)
      }
    }
    let cosine = numbers[.cosine, .early, model: index]
    let total = (exits.first?.n ?? 0) + (exits.first?.undefined ?? 0)
    mean = MeanResult(
      accuracy: numbers[.accuracy, .early, model: index]!.value, n: cosine?.n ?? 0,
      undefined: cosine?.undefined ?? total,
      consistency: ConsistencyResult(numbers, .early, index),
      spread: numbers[.spread, .early, model: index]?.value)
    runs = []
    for place in AuditPlace.all(exitCount: exits.count) {
      for measure in AuditMeasure.allCases {
        if let number = numbers[measure.measure, place.place, model: index]?.runs {
          runs.append(RunsRow(measure: measure, place: place, number: number))
        }
      }
    }
  }
}

extension ConsistencyResult {
  fileprivate init?(_ numbers: Numbers, _ place: Place, _ model: Int) {
    func number(_ measure: Measure) -> Number? { numbers[measure, place, model: model] }
    guard let cosine = number(.cosine), let centred = number(.centred) else { return nil }
    self.init(
      cosine: cosine.estimate, null: cosine.null, excess: number(.excess)?.estimate,
      centred: centred.estimate, centredNull: centred.null,
      cosineOnExitGrid: number(.cosineOnExitGrid)?.value, ceiling: number(.ceiling)?.value)
  }
}

extension PairedResult {
  fileprivate mutating func fill(_ numbers: Numbers, _ model: Int) {
    for index in exits.indices { exits[index].fill(numbers, .exit(exits[index].exit), model) }
    mean.fill(numbers, .early, model)
    earlyExit = numbers[.accuracy, .earlyStop, difference: model].map(PairedNumber.init)
  }
}

extension PairedExit {
  fileprivate mutating func fill(_ numbers: Numbers, _ place: Place, _ model: Int) {
    func number(_ measure: Measure) -> Number? { numbers[measure, place, difference: model] }
    for measure in AuditMeasure.allCases {
      self[measure] = number(measure.measure).map(PairedNumber.init)
    }
    guard place != .early else { return }
    differences = MapMeasure.allCases.compactMap { measure in
      number(measure.measure).map {
        MeasureDifference(measure: measure, value: $0.estimate, n: $0.n)
      }
    }
    if number(.sharedSpread) != nil || number(.gini) != nil {
      concentration = ConcentrationDifference(
        spread: number(.sharedSpread)?.estimate, entropy: number(.sharedEntropy)?.estimate,
        gini: number(.gini)?.estimate)
    }
  }
}

extension PairedNumber {
  init(_ number: Number) {
    self.init(delta: number.estimate, p: number.p)
    holmP = number.holmP
    effectSize = number.effectSize
    mcNemar = number.mcNemar
    runs = number.runs
    isWithheld = number.isWithheld
  }
}
