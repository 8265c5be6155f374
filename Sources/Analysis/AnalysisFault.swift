import FileKit
import Recordings

/// Why recordings cannot be audited together.
public enum AnalysisFault: Fault {
  /// Maps or images could not be read.
  case recording(RecordingFault)
  case noRecording(arm: ModelResult.Arm)
  /// `index` counts the arm's recordings from 1; it differs from the first.
  case recordingsDiffer(arm: ModelResult.Arm, index: Int, difference: String)
  /// Two recordings of an arm are not one training with two seeds; recordings are named by their folders.
  case settingsDiffer(
    arm: ModelResult.Arm, first: String, second: String, key: String, values: (String, String))
  case seedTwice(arm: ModelResult.Arm, first: String, second: String, seed: UInt64)
  case recordingTwice(arm: ModelResult.Arm, first: String, second: String)
  case differentExitCounts(baseline: Int, egt: Int)
  /// `index` counts the sweep's recordings from 1.
  case notOfTheSweep(index: Int, difference: String)
  case badOption(name: String, expected: String, got: String)

  public var diagnosis: Diagnosis {
    switch self {
    case .recording(let fault): fault.diagnosis
    case .noRecording(let arm):
      Diagnosis(
        .usage, "no recording to audit", at: arm.rawValue, expected: "at least one recording",
        hint: "give --\(arm.rawValue) a recording's folder")
    case .recordingsDiffer(let arm, let index, let difference):
      Diagnosis(
        .badData, "recordings of one arm do not belong together",
        at: "recording \(index) of \(arm.rawValue)",
        expected: "the network and the samples of recording 1", got: difference,
        hint: "an arm is one network trained with several seeds, recorded on the same images")
    case .settingsDiffer(let arm, let first, let second, let key, let values):
      Diagnosis(
        .badData, "recordings of one arm differ in more than the seed",
        at: "\(first) and \(second) of \(arm.rawValue)",
        expected: "the same \(key)", got: "\(values.0) and \(values.1)",
        hint: "an arm is one training with several seeds: compare other settings in another arm or "
          + "report; what is no setting of the training belongs in provenance.environment")
    case .seedTwice(let arm, let first, let second, let seed):
      Diagnosis(
        .badData, "one seed twice in an arm", at: "\(first) and \(second) of \(arm.rawValue)",
        expected: "another seed in each recording", got: "seed \(seed) in both",
        hint: "runs of one seed are no two runs: give one of them, or correct provenance.seed")
    case .recordingTwice(let arm, let first, let second):
      Diagnosis(
        .badData, "one recording twice in an arm",
        at: "\(first) and \(second) of \(arm.rawValue)", expected: "another network in each",
        got: "the same logits and maps", hint: "give it once")
    case .differentExitCounts(let baseline, let egt):
      Diagnosis(
        .badData, "the arms have different numbers of exits", at: "baseline and egt",
        expected: "\(baseline) as in baseline", got: "\(egt)",
        hint: "compare networks of the same form")
    case .notOfTheSweep(let index, let difference):
      Diagnosis(
        .badData, "a recording is not of this sweep", at: "recording \(index) of sweep",
        expected: "EGT's training at another λ, recorded on the same images", got: difference,
        hint: "a sweep changes λ and the seed, and nothing else")
    case .badOption(let name, let expected, let got):
      Diagnosis(.usage, "bad option", at: name, expected: expected, got: got)
    }
  }
}
