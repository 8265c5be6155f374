import Recordings

/// What masking and ROAD say about one exit, sample by sample, and their mean curves.
struct MaskingScan {
  private(set) var series: [FaithfulnessMeasure: [Double?]] = [:]
  /// Means over samples at each fraction; empty where not recorded.
  private(set) var curves = Curves()

  struct Curves: Sendable {
    var deletion: [Double] = []
    var randomDeletion: [Double] = []
    var insertion: [Double] = []
    var randomInsertion: [Double] = []
    var roadMost: [Double] = []
    var roadLeast: [Double] = []
    var roadMostAccuracy: [Double] = []
    var roadLeastAccuracy: [Double] = []
  }

  /// - Parameters:
  ///   - labels: of the measured samples.
  ///   - exit: from 0.
  init(_ faithfulness: RecordedFaithfulness, labels: [Int], exit: Int) {
    let count = labels.count
    if let masking = faithfulness.masking {
      let exitCurves = masking.exits[exit]
      let fractions = masking.fractions.map { Double($0) }
      let last = fractions.count - 1
      func areas(_ values: [Float]) -> [Double] {
        (0..<count).map { Self.area(Self.row($0, of: values, last + 1), over: fractions) }
      }
      func points(_ values: [Float], at point: Int) -> [Double?] {
        (0..<count).map { Double(values[$0 * (last + 1) + point]) }
      }
      let deletion = areas(exitCurves.deletion)
      let randomDeletion = areas(exitCurves.randomDeletion)
      let insertion = areas(exitCurves.insertion)
      let randomInsertion = areas(exitCurves.randomInsertion)
      let deletionGain = zip(randomDeletion, deletion).map { $0 - $1 }
      let insertionGain = zip(insertion, randomInsertion).map { $0 - $1 }
      series[.deletionArea] = deletion
      series[.randomDeletionArea] = randomDeletion
      series[.deletionGain] = deletionGain
      series[.insertionArea] = insertion
      series[.randomInsertionArea] = randomInsertion
      series[.insertionGain] = insertionGain
      series[.advantage] = zip(deletionGain, insertionGain).map { ($0 + $1) / 2 }
      series[.wholeImage] = points(exitCurves.deletion, at: 0)
      series[.allDeleted] = points(exitCurves.deletion, at: last)
      series[.noneInserted] = points(exitCurves.insertion, at: 0)
      curves.deletion = Self.means(exitCurves.deletion, count)
      curves.randomDeletion = Self.means(exitCurves.randomDeletion, count)
      curves.insertion = Self.means(exitCurves.insertion, count)
      curves.randomInsertion = Self.means(exitCurves.randomInsertion, count)
    }
    if let road = faithfulness.road {
      let (most, least) = (road.exits[exit].mostRelevantFirst, road.exits[exit].leastRelevantFirst)
      let points = road.fractions.count
      func rights(_ predictions: [Int]) -> [Float] {
        predictions.indices.map { predictions[$0] == labels[$0 / points] ? 1 : 0 }
      }
      series[.roadGap] = (0..<count).map { sample in
        let kept = Self.row(sample, of: least.probabilities, points)
        let lost = Self.row(sample, of: most.probabilities, points)
        return zip(kept, lost).reduce(0) { $0 + Double($1.0) - Double($1.1) } / Double(points)
      }
      curves.roadMost = Self.means(most.probabilities, count)
      curves.roadLeast = Self.means(least.probabilities, count)
      curves.roadMostAccuracy = Self.means(rights(most.predictions), count)
      curves.roadLeastAccuracy = Self.means(rights(least.predictions), count)
    }
  }

  private static func row(_ sample: Int, of values: [Float], _ points: Int) -> ArraySlice<Float> {
    values[sample * points..<(sample + 1) * points]
  }

  /// The trapezoid rule.
  private static func area(_ values: ArraySlice<Float>, over fractions: [Double]) -> Double {
    let values = values.map { Double($0) }
    var area = 0.0
    for point in 1..<fractions.count {
      let width = fractions[point] - fractions[point - 1]
      area += width * (values[point] + values[point - 1]) / 2
    }
    return area
  }

  /// The mean of each column of [count, points].
  private static func means(_ values: [Float], _ count: Int) -> [Double] {
    let points = values.count / count
    return (0..<points).map { point in
      var sum = 0.0
      for sample in 0..<count { sum += Double(values[sample * points + point]) }
      return sum / Double(count)
    }
  }
}
