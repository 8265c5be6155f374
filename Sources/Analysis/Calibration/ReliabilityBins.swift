/// Samples of like confidence, and how often their answers are right: a bar of a reliability diagram.
public struct ReliabilityBin: Sendable, Equatable {
  /// Equal-width bins: the bin holds lower < confidence ≤ upper. Equal-mass bins: its smallest and largest
  /// confidence.
  public var lower: Double
  /// The upper end; see `lower`.
  public var upper: Double
  /// Answers in it, over all recordings of the model.
  public var count: Int
  /// Mean of their confidences; nil in an empty bin.
  public var confidence: Double?
  /// The share that is right, with Wilson's interval; nil in an empty bin. Several recordings answer the same images,
  /// and those answers depend on each other: the interval's n is then the number of different images in the bin,
  /// as if the recordings told nothing beyond the first.
  public var accuracy: Estimate?

  package init(
    lower: Double, upper: Double, count: Int, confidence: Double?, accuracy: Estimate?
  ) {
    self.lower = lower
    self.upper = upper
    self.count = count
    self.confidence = confidence
    self.accuracy = accuracy
  }
}

/// The two ways to bin confidences, 15 bins each, as in Guo et al. (2017).
enum ReliabilityBins {
  static let count = 15

  /// The upper bound of an equal-width bin.
  static func edge(_ bin: Int) -> Double { Double(bin + 1) / Double(count) }

  /// The equal-width bin of a confidence: the first whose upper bound is not below it, so that bin b holds
  /// b/15 < confidence ≤ (b + 1)/15.
  static func equalWidth(_ confidence: Double) -> Int {
    var bin = min(count - 1, max(0, Int(confidence * Double(count))))
    while bin > 0, confidence <= edge(bin - 1) { bin -= 1 }
    while bin < count - 1, confidence > edge(bin) { bin += 1 }
    return bin
  }

  /// The equal-mass bin of each confidence: ⌊15 r / n⌋ for the confidence of rank r (from 0, ascending), where
  /// equal confidences all have the rank of the first of them. So no bin parts equal confidences, whatever the order
  /// of samples; a bin that they leave without a sample stays empty.
  static func equalMass(_ confidences: [Double]) -> [Int] {
    var bins = [Int](repeating: 0, count: confidences.count)
    let order = confidences.indices.sorted { confidences[$0] < confidences[$1] }
    var rank = 0
    for (place, sample) in order.enumerated() {
      if place > 0, confidences[sample] > confidences[order[place - 1]] { rank = place }
      bins[sample] = rank * count / confidences.count
    }
    return bins
  }

  /// All 15 bins of equal width, those without a sample too.
  static func ofEqualWidth(_ recordings: [AnswerScores]) -> [ReliabilityBin] {
    let bins = recordings.map { $0.confidences.map(equalWidth) }
    return (0..<count).map { bin in
      self.bin(bin, bins, recordings, lower: bin == 0 ? 0 : edge(bin - 1), upper: edge(bin))
    }
  }

  /// The bins of equal mass over all recordings' answers together, without empty ones.
  static func ofEqualMass(_ recordings: [AnswerScores]) -> [ReliabilityBin] {
    let pooled = equalMass(recordings.flatMap(\.confidences))
    var start = 0
    let bins = recordings.map { recording in
      defer { start += recording.confidences.count }
      return Array(pooled[start..<start + recording.confidences.count])
    }
    return (0..<count).compactMap { bin in
      let members = zip(recordings, bins).flatMap { recording, bins in
        zip(recording.confidences, bins).compactMap { $1 == bin ? $0 : nil }
      }
      guard let lower = members.min(), let upper = members.max() else { return nil }
      return self.bin(bin, bins, recordings, lower: lower, upper: upper)
    }
  }

  private static func bin(
    _ bin: Int, _ bins: [[Int]], _ recordings: [AnswerScores], lower: Double, upper: Double
  ) -> ReliabilityBin {
    var answers = 0
    var right = 0
    var sum = 0.0
    var isThere = [Bool](repeating: false, count: recordings[0].confidences.count)
    for (recording, bins) in zip(recordings, bins) {
      for sample in bins.indices where bins[sample] == bin {
        answers += 1
        if recording.isRight[sample] { right += 1 }
        sum += recording.confidences[sample]
        isThere[sample] = true
      }
    }
    guard answers > 0 else {
      return ReliabilityBin(lower: lower, upper: upper, count: 0, confidence: nil, accuracy: nil)
    }
    return ReliabilityBin(
      lower: lower, upper: upper, count: answers, confidence: sum / Double(answers),
      accuracy: WilsonInterval.estimate(
        share: Double(right) / Double(answers), of: isThere.count { $0 }))
  }
}
