import Analysis
import TestSupport

/// Calibration numbers made by hand, for both arms and their differences.
enum SyntheticCalibration {
  static func add(to result: inout AuditResult, isScaled: Bool = false) {
    result.baseline.calibration = (1...5).map { exit($0, lift: 0, isScaled: isScaled) }
    result.egt.calibration = (1...5).map { exit($0, lift: 0.02, isScaled: isScaled) }
    result.paired?.calibration = (1...5).map { number in
      PairedCalibration(
        exit: number, difference: difference(number == 2 ? -0.03 : 0.001),
        auroc: number == 5 ? nil : SyntheticAudit.interval(0.03, 0.01),
        scaled: isScaled ? difference(0.002) : nil)
    }
  }

  private static func difference(_ value: Double) -> CalibrationDifference {
    CalibrationDifference(
      nll: SyntheticAudit.interval(-value, 0.01), brier: SyntheticAudit.interval(0.0004, 0.01),
      ece: SyntheticAudit.interval(value, 0.01))
  }

  private static func scores(_ lift: Double) -> CalibrationScores {
    CalibrationScores(
      confidence: 0.71 + lift, nll: SyntheticAudit.interval(0.9 + lift),
      brier: SyntheticAudit.interval(0.4 + lift),
      ece: CalibrationErrorEstimate(
        value: 0.091 + lift, debiased: SyntheticAudit.interval(0.083 + lift), null: 0.031,
        isWithinChance: false, equalMass: 0.087))
  }

  private static func exit(_ number: Int, lift: Double, isScaled: Bool) -> ExitCalibration {
    let bins = (0..<15).map(bin)
    let fit = TemperatureFit(
      temperature: number == 1 ? 0.05 : 1.234, isAtBound: number == 1, sampleCount: 150,
      nllBefore: 0.9, nllAfter: 0.8)
    let scaling: ScaledCalibration? =
      isScaled
      ? ScaledCalibration(fits: [fit], scores: scores(0.1), change: difference(-0.05)) : nil
    return ExitCalibration(
      exit: number, accuracy: 0.8, scores: scores(lift),
      auroc: number == 5 ? nil : SyntheticAudit.interval(0.85 + lift), aurocRecordings: 1,
      bins: bins, equalMassBins: [bins[9]],
      scaling: scaling)
  }

  /// All answers stand in the tenth.
  private static func bin(_ index: Int) -> ReliabilityBin {
    let isFilled = index == 9
    return ReliabilityBin(
      lower: Double(index) / 15, upper: Double(index + 1) / 15, count: isFilled ? 1234 : 0,
      confidence: isFilled ? 0.64 : nil, accuracy: isFilled ? SyntheticAudit.interval(0.7) : nil)
  }
}
