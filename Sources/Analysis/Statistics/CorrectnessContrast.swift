/// Whether an exit's consistency is higher where its answer is right: one recording, one exit.
package struct CorrectnessContrast: Sendable {
  /// Samples with a consistency whose answer is right, and wrong.
  package private(set) var rightCount = 0
  package private(set) var wrongCount = 0
  /// Mean consistency of each; nil where there is none.
  package private(set) var rightMean: Double?
  package private(set) var wrongMean: Double?
  /// Area under the ROC curve of the consistency as a sign of a right answer: the probability that a right sample's
  /// exceeds a wrong one's, equal ones counting half (Mann and Whitney, 1947). 0.5 says nothing; nil unless there are
  /// samples of both kinds.
  package private(set) var auroc: Double?
  /// Per sample, a series whose mean is rightMean − wrongMean and whose variance is, to first order, that
  /// of the difference: d + [right]·(x − r̄)/π − [wrong]·(x − w̄)/(1 − π), π being the share of right ones.
  package private(set) var differenceSeries: Column
  /// The same for the AUROC: A + [right]·(V − A)/π + [wrong]·(W − A)/(1 − π), V being the share of wrong samples
  /// below x, W that of right ones above it (DeLong, DeLong and Clarke-Pearson, 1988).
  package private(set) var aurocSeries: Column

  package var difference: Double? {
    guard let rightMean, let wrongMean else { return nil }
    return rightMean - wrongMean
  }

  /// - Parameter values: the consistency; nil where undefined, then the sample does not take part.
  package init(_ values: some Sequence<Double?>, isRight: [Bool]) {
    let values = Column(values)
    precondition(values.count == isRight.count, "\(values.count) values, \(isRight.count) answers")
    differenceSeries = Column(repeating: nil, count: values.count)
    aurocSeries = differenceSeries
    let samples = values.indices.filter { values[$0] != nil }
    let right = samples.filter { isRight[$0] }
    let wrong = samples.filter { !isRight[$0] }
    (rightCount, wrongCount) = (right.count, wrong.count)
    rightMean = right.map { values[$0] }.definedMean
    wrongMean = wrong.map { values[$0] }.definedMean
    guard let rightMean, let wrongMean else { return }
    let share = Double(rightCount) / Double(samples.count)
    let placements = Self.placements(samples.map { values[$0]! }, samples.map { isRight[$0] })
    let area =
      zip(samples, placements).filter { isRight[$0.0] }.map(\.1).reduce(0, +)
      / Double(rightCount)
    auroc = area
    for (sample, placement) in zip(samples, placements) {
      let value = values[sample]!
      let deviation =
        isRight[sample] ? (value - rightMean) / share : (wrongMean - value) / (1 - share)
      differenceSeries[sample] = rightMean - wrongMean + deviation
      let weight = isRight[sample] ? 1 / share : 1 / (1 - share)
      aurocSeries[sample] = area + weight * (placement - area)
    }
  }

  /// For a right sample the share of wrong ones with a smaller value, for a wrong one that of right ones with a
  /// larger; equal values count half.
  private static func placements(_ values: [Double], _ isRight: [Bool]) -> [Double] {
    let (rightTotal, wrongTotal) = (Double(isRight.count { $0 }), Double(isRight.count { !$0 }))
    return zip(MannWhitney.othersBelow(values, isRight), isRight).map { below, isRight in
      isRight ? below / wrongTotal : (rightTotal - below) / rightTotal
    }
  }
}
