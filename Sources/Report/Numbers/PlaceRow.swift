import Analysis

/// A model, or its difference from the reference, at an exit or over the early exits: a row of the tables about exits.
struct PlaceRow: Sendable {
  let subject: Subject
  let place: Place
  let numbers: Numbers
  /// The model's own; for a difference, that of the model which is compared.
  let model: ModelResult
  /// Of a difference.
  var comparison: PairedResult?

  /// nil for a mean.
  var exit: ExitResult? {
    if case .exit(let exit) = place { return model.exits[exit - 1] }
    return nil
  }

  var isDifference: Bool {
    if case .difference = subject { return true }
    return false
  }

  subscript(measure: Measure) -> Number? { numbers[measure, place, subject] }

  /// Images whose maps count, and those left out; of a mean, images whose maps count at every early exit.
  var n: Int { exit?.n ?? self[.cosine]?.n ?? 0 }
  var undefined: Int {
    let first = model.exits[0]
    return exit?.undefined ?? self[.cosine]?.undefined ?? first.n + first.undefined
  }
}

extension ReportContext {
  /// Place by place, every model that has it and every comparison that was made there.
  func placeRows(_ places: [Place]) -> [PlaceRow] {
    places.flatMap { place in
      let models = result.models.filter { $0.has(place) }
      let own = models.map {
        PlaceRow(subject: .model($0.index), place: place, numbers: numbers, model: $0)
      }
      let differences = compared.compactMap { comparison -> PlaceRow? in
        let subject = Subject.difference(comparison.model)
        guard numbers[.accuracy, place, subject] != nil else { return nil }
        return PlaceRow(
          subject: subject, place: place, numbers: numbers,
          model: result.models[comparison.model], comparison: comparison.paired)
      }
      return own + differences
    }
  }

  /// Every exit, then the mean over the early ones.
  var places: [Place] {
    (1...max(1, exitCount)).map { .exit($0) } + (earlyExitCount > 0 ? [.early] : [])
  }

  /// "Exit 1" and its grids; "Mean" of the early exits.
  func group(_ place: Place) -> GroupHead {
    guard case .exit(let exit) = place else {
      return GroupHead("Mean", "early exits", isMean: true)
    }
    return GroupHead("Exit \(exit)", grids(ofExit: exit) + (isFinal(exit) ? ", final" : ""))
  }

  /// The model's name, or "Δ" and whose.
  func head(_ row: PlaceRow) -> RowHead {
    switch row.subject {
    case .model(let model): RowHead(name(model), series: drawn.firstIndex(of: model))
    case .difference(let model): RowHead.difference(of: name(model), isOnly: compared.count == 1)
    }
  }
}

extension ModelResult {
  /// Whether it has such an exit; a mean it always has.
  fileprivate func has(_ place: Place) -> Bool {
    if case .exit(let exit) = place { return exit <= exits.count }
    return true
  }
}
