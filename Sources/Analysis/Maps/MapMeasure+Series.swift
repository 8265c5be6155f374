/// Where each measure's numbers lie in a scan.
extension MapMeasure {
  func series(_ consistency: ExitConsistency) -> Column {
    switch self {
    case .cosine: consistency.cosine
    case .cosineOnExitGrid: consistency.cosineOnExitGrid
    case .centred: consistency.centred
    case .spearman: consistency.similarity.spearman
    case .structuralSimilarity: consistency.similarity.structuralSimilarity
    case .top10: consistency.similarity.top10
    case .top20: consistency.similarity.top20
    }
  }

  /// The mean of what chance gives; nil where there is no reference.
  func null(_ scan: ModelScan, exit: Int) -> Double? {
    switch self {
    case .cosine: scan.series(exit: exit, \.cosineNull.asMap).definedMean
    case .centred: scan.series(exit: exit, \.centredNull.asMap).definedMean
    case .spearman: scan.exits.map { $0[exit].consistency!.spearmanNull }.definedMean
    case .top10: scan.series(exit: exit, \.similarity.top10Chance).definedMean
    case .top20: scan.series(exit: exit, \.similarity.top20Chance).definedMean
    case .cosineOnExitGrid, .structuralSimilarity: nil
    }
  }

  /// The series behind the excess's interval; nil where there is none.
  var excess: ((ExitConsistency) -> Column)? {
    switch self {
    case .cosine: { $0.excess }
    case .centred: { $0.centredExcess }
    case .cosineOnExitGrid, .spearman, .structuralSimilarity, .top10, .top20: nil
    }
  }

  /// The null with other images of the class; nil where there is none.
  var classNull: ((ExitConsistency) -> Column)? {
    switch self {
    case .cosine: { $0.classCosineNull.asMap }
    case .centred: { $0.classCentredNull.asMap }
    default: nil
    }
  }

  func classExcess(_ consistency: ExitConsistency, _ labels: [Int]) -> Column {
    self == .cosine
      ? consistency.classExcess(labels: labels) : consistency.classCentredExcess(labels: labels)
  }
}
