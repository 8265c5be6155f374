/// From the older results, until the auditor fills `Numbers` itself.
extension AuditResult {
  var bridged: Numbers {
    var numbers = Numbers()
    for model in models { numbers.add(model) }
    for comparison in comparisons {
      if let paired = comparison.paired { numbers.add(paired, comparison.model) }
    }
    for row in classes {
      for (model, arm) in row.models.enumerated() {
        if let arm { numbers.add(arm, .label(row.label), .model(model)) }
        if let delta = row.deltas[model] {
          numbers[.cosine, .label(row.label), .difference(model)] = Number(delta)
        }
      }
    }
    return numbers
  }
}

extension Numbers {
  fileprivate mutating func add(_ model: ModelResult) {
    let subject = Subject.model(model.index)
    for exit in model.exits {
      let place = Place.exit(exit.exit)
      func number(_ estimate: Estimate) -> Number {
        Number(estimate, n: exit.n, undefined: exit.undefined)
      }
      self[.accuracy, place, subject] = number(exit.accuracy)
      add(exit.consistency, place, subject, exit.n, exit.undefined)
      self[.spread, place, subject] = exit.spread.map { number(Estimate($0)) }
      self[.entropy, place, subject] = exit.entropy.map { number(Estimate($0)) }
      for row in exit.similarities { add(row, place, subject) }
      if let shared = exit.concentration {
        func share(_ estimate: Estimate?, _ n: Int, _ undefined: Int) -> Number? {
          estimate.map { Number($0, n: n, undefined: undefined) }
        }
        self[.sharedSpread, place, subject] = share(shared.spread, shared.n, shared.undefined)
        self[.sharedEntropy, place, subject] = share(
          shared.entropy, shared.shareN, shared.shareUndefined)
        self[.gini, place, subject] = share(shared.gini, shared.shareN, shared.shareUndefined)
      }
    }
    let mean = model.mean
    self[.accuracy, .early, subject] = Number(
      Estimate(mean.accuracy), n: mean.n, undefined: mean.undefined)
    add(mean.consistency, .early, subject, mean.n, mean.undefined)
    self[.spread, .early, subject] = mean.spread.map {
      Number(Estimate($0), n: mean.n, undefined: mean.undefined)
    }
    self[.accuracy, .earlyStop, subject] = Number(model.earlyExit.accuracy)
    for row in model.runs {
      self[row.measure.measure, row.place.place, subject]?.runs = row.number
    }
  }

  private mutating func add(
    _ result: ConsistencyResult?, _ place: Place, _ subject: Subject, _ n: Int, _ undefined: Int
  ) {
    guard let result else { return }
    func number(_ estimate: Estimate) -> Number { Number(estimate, n: n, undefined: undefined) }
    self[.cosine, place, subject] = number(result.cosine)
    self[.cosine, place, subject]?.null = result.null
    self[.excess, place, subject] = result.excess.map(number)
    self[.centred, place, subject] = number(result.centred)
    self[.centred, place, subject]?.null = result.centredNull
    self[.cosineOnExitGrid, place, subject] = result.cosineOnExitGrid.map { number(Estimate($0)) }
    self[.ceiling, place, subject] = result.ceiling.map { number(Estimate($0)) }
  }

  private mutating func add(_ row: SimilarityResult, _ place: Place, _ subject: Subject) {
    let measure = row.measure.measure
    self[measure, place, subject] = Number(row.value, n: row.n, undefined: row.undefined)
    self[measure, place, subject]?.null = row.null
    switch row.measure {
    case .cosine:
      self[.sameClassExcess, place, subject] = row.sameClassExcess.map {
        Number($0, n: row.sameClassN)
      }
      self[.sameClassExcess, place, subject]?.null = row.sameClassNull
    case .centred:
      self[.centredExcess, place, subject] = row.excess.map {
        Number($0, n: row.n, undefined: row.undefined)
      }
      self[.sameClassCentredExcess, place, subject] = row.sameClassExcess.map {
        Number($0, n: row.sameClassN)
      }
      self[.sameClassCentredExcess, place, subject]?.null = row.sameClassNull
    default: break
    }
  }

  fileprivate mutating func add(_ paired: PairedResult, _ model: Int) {
    let subject = Subject.difference(model)
    for exit in paired.exits + [paired.mean] {
      let place = exit.exit > 0 ? Place.exit(exit.exit) : .early
      for row in exit.differences {
        self[row.measure.measure, place, subject] = Number(row.value, n: row.n)
      }
      for measure in AuditMeasure.allCases {
        self[measure.measure, place, subject] =
          exit[measure].map(Number.init) ?? self[measure.measure, place, subject]
      }
      self[.sharedSpread, place, subject] = (exit.concentration?.spread).map { Number($0) }
      self[.sharedEntropy, place, subject] = (exit.concentration?.entropy).map { Number($0) }
      self[.gini, place, subject] = (exit.concentration?.gini).map { Number($0) }
    }
    self[.accuracy, .earlyStop, subject] = paired.earlyExit.map(Number.init)
  }

  fileprivate mutating func add(_ arm: ClassModel, _ place: Place, _ subject: Subject) {
    let mean = arm.mean
    self[.cosine, place, subject] = mean.cosine.map { Number($0, n: mean.n) }
    self[.centred, place, subject] = mean.centred.map { Number(Estimate($0), n: mean.n) }
    self[.excess, place, subject] = mean.excess.map { Number(Estimate($0), n: mean.n) }
    self[.sameClassExcess, place, subject] = mean.sameClassExcess.map {
      Number(Estimate($0), n: mean.n)
    }
    self[.accuracy, place, subject] = arm.accuracy.map { Number($0) }
  }
}

extension Number {
  fileprivate init(_ paired: PairedNumber) {
    self.init(paired.delta)
    runs = paired.runs
    p = paired.p
    holmP = paired.holmP
    effectSize = paired.effectSize
    mcNemar = paired.mcNemar
    isWithheld = paired.isWithheld
  }
}

extension AuditMeasure {
  var measure: Measure {
    switch self {
    case .cosine: .cosine
    case .excess: .excess
    case .centred: .centred
    case .spread: .spread
    case .accuracy: .accuracy
    }
  }
}

extension MapMeasure {
  var measure: Measure {
    switch self {
    case .cosine: .cosine
    case .cosineOnExitGrid: .cosineOnExitGrid
    case .centred: .centred
    case .spearman: .spearman
    case .structuralSimilarity: .structuralSimilarity
    case .top10: .top10
    case .top20: .top20
    }
  }
}

extension AuditPlace {
  var place: Place {
    switch self {
    case .exit(let exit): .exit(exit)
    case .mean: .early
    case .earlyExit: .earlyStop
    }
  }
}
