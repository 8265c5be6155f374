import Analysis

/// Calibration of exits in closed form: 15 bins, right `shift` more often than they say.
enum SampleCalibration {
  static func exits(_ count: Int, shift: Double, answers: Int = 1364) -> [ExitCalibration] {
    (1...count).map { exit in
      let bins = (0..<15).map { index in
        bin(index, count: index < 2 ? 0 : answers * (index + 1) / 117, shift: shift)
      }
      return ExitCalibration(
        exit: exit, accuracy: 0.8,
        scores: CalibrationScores(
          confidence: 0.8 - shift, nll: Estimate(0.6, low: 0.5, high: 0.7),
          brier: Estimate(0.3, low: 0.25, high: 0.35),
          ece: CalibrationErrorEstimate(
            value: abs(shift) + 0.01, debiased: Estimate(abs(shift), low: 0, high: 0.2), null: 0.02,
            isWithinChance: false, equalMass: abs(shift))),
        auroc: Estimate(0.8, low: 0.75, high: 0.84), aurocRecordings: 1, bins: bins,
        equalMassBins: bins.filter { $0.count > 0 }, scaling: nil)
    }
  }

  private static func bin(_ index: Int, count: Int, shift: Double) -> ReliabilityBin {
    let middle = (Double(index) + 0.5) / 15
    let right = min(1, max(0, middle + shift))
    return ReliabilityBin(
      lower: Double(index) / 15, upper: Double(index + 1) / 15, count: count,
      confidence: count > 0 ? middle : nil,
      accuracy: count > 0
        ? Estimate(right, low: max(0, right - 0.05), high: min(1, right + 0.05)) : nil)
  }
}
