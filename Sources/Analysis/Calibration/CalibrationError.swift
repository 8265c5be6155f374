import Glibc

/// How far confidence is from the share of right answers, for one exit of one recording.
///
/// ECE = Σ_b n_b/n · |d_b|, where d_b is the share of right answers minus the mean confidence in bin b (top-label;
/// Guo et al., 2017).
///
/// The plain ECE of n samples is biased upwards, because chance moves every bin away from the diagonal and the absolute
/// value counts either way: a perfectly calibrated exit with 1,364 images has one of about 0.02. So it stands beside
///
/// - `debiased`: 2·ECE − E[ECE*], where ECE* is the ECE whose bins' shares of right answers a_b are drawn from
///   normal distributions of mean a_b and variance a_b(1 − a_b)/n_b. This is the debiased estimator of Kumar, Liang
///   and Ma (2019), the expectation in closed form (the mean of a folded normal) instead of by simulation.
/// - `null`: the ECE to be expected were every confidence right, with these confidences and this n.
struct CalibrationError: Sendable {
  /// Equal-width bins.
  let value: Double
  /// Equal-width bins; below 0 where chance explains more than all of it.
  let debiased: Double
  /// Σ_b √(2/π · v_b), v_b = Σ confidence·(1 − confidence) / n² over bin b: the deviations of the bins as normal.
  let null: Double
  /// Its standard deviation, √(Σ_b (1 − 2/π) v_b).
  let nullDeviation: Double
  /// The plain ECE over 15 equal-mass bins, which no bin of few samples can sway.
  let equalMass: Double
  /// Per sample, sign(d_b)·(right − confidence): a series whose mean is the ECE. Resampled with the signs held, it varies
  /// as the ECE does, without the bias that resampling would add once more.
  let series: [Double]

  /// - Parameter scores: of at least one sample.
  init(_ scores: AnswerScores) {
    let count = Double(scores.confidences.count)
    precondition(count > 0, "a calibration error of no sample")
    let bins = scores.confidences.map(ReliabilityBins.equalWidth)
    let sums = Sums(scores, bins: bins)
    var value = 0.0
    var resampled = 0.0
    var null = 0.0
    var nullVariance = 0.0
    for bin in 0..<ReliabilityBins.count where sums.counts[bin] > 0 {
      let members = sums.counts[bin]
      let gap = abs(sums.gaps[bin]) / members
      let right = sums.right[bin] / members
      value += members / count * gap
      resampled +=
        members / count
        * Self.meanOfFoldedNormal(gap, deviation: (right * (1 - right) / members).squareRoot())
      let chance = sums.variances[bin] / (count * count)
      null += (2 / .pi * chance).squareRoot()
      nullVariance += (1 - 2 / .pi) * chance
    }
    self.value = value
    debiased = 2 * value - resampled
    self.null = null
    nullDeviation = nullVariance.squareRoot()
    let masses = ReliabilityBins.equalMass(scores.confidences)
    equalMass = Sums(scores, bins: masses).gaps.reduce(0) { $0 + abs($1) } / count
    series = bins.indices.map { sample in
      let gap = (scores.isRight[sample] ? 1 : 0) - scores.confidences[sample]
      return sums.gaps[bins[sample]] < 0 ? -gap : gap
    }
  }

  /// E|X| for X normal: σ√(2/π)·exp(−μ²/2σ²) + μ·erf(μ/σ√2); μ ≥ 0.
  private static func meanOfFoldedNormal(_ mean: Double, deviation: Double) -> Double {
    guard deviation > 0 else { return mean }
    let ratio = mean / deviation
    return deviation * (2 / Double.pi).squareRoot() * exp(-ratio * ratio / 2)
      + mean * erf(ratio / 2.0.squareRoot())
  }

  /// Per bin.
  private struct Sums {
    var counts = [Double](repeating: 0, count: ReliabilityBins.count)
    var right = [Double](repeating: 0, count: ReliabilityBins.count)
    /// Σ right − confidence.
    var gaps = [Double](repeating: 0, count: ReliabilityBins.count)
    /// Σ confidence·(1 − confidence).
    var variances = [Double](repeating: 0, count: ReliabilityBins.count)

    init(_ scores: AnswerScores, bins: [Int]) {
      for (sample, bin) in bins.enumerated() {
        let confidence = scores.confidences[sample]
        let isRight = scores.isRight[sample] ? 1.0 : 0
        counts[bin] += 1
        right[bin] += isRight
        gaps[bin] += isRight - confidence
        variances[bin] += confidence * (1 - confidence)
      }
    }
  }
}
