import FileKit
import Recordings

/// Why recordings cannot be audited together.
public enum AnalysisFault: Fault {
  /// Maps or images could not be read.
  case recording(RecordingFault)
  case noRecording(model: String)
  /// `index` counts the model's recordings from 1; it differs from the first.
  case recordingsDiffer(model: String, index: Int, difference: String)
  /// Two recordings of a model are not one training with two seeds; recordings are named by their folders.
  case settingsDiffer(
    model: String, first: String, second: String, key: String, values: (String, String))
  case seedTwice(model: String, first: String, second: String, seed: UInt64)
  case recordingTwice(model: String, first: String, second: String)
  case nameTwice(String)
  case noModel
  case badOption(name: String, expected: String, got: String)

  /// The fault as a line for the user.
  public var diagnosis: Diagnosis {
    switch self {
    case .recording(let fault): fault.diagnosis
    case .noRecording(let model):
      Diagnosis(
        .usage, "no recording to audit", at: model.singleLine, expected: "at least one recording",
        hint: "give the model a recording's folder")
    case .recordingsDiffer(let model, let index, let difference):
      Diagnosis(
        .badData, "recordings of one model do not belong together",
        at: "recording \(index) of \(model.singleLine)",
        expected: "the network and the samples of recording 1", got: difference,
        hint: "a model is one network trained with several seeds, recorded on the same images")
    case .settingsDiffer(let model, let first, let second, let key, let values):
      Diagnosis(
        .badData, "recordings of one model differ in more than the seed",
        at: "\(first) and \(second) of \(model.singleLine)",
        expected: "the same \(key)", got: "\(values.0) and \(values.1)",
        hint:
          "a model is one training with several seeds: compare other settings as another model or "
          + "report; what is no setting of the training belongs in provenance.environment")
    case .seedTwice(let model, let first, let second, let seed):
      Diagnosis(
        .badData, "one seed twice in a model", at: "\(first) and \(second) of \(model.singleLine)",
        expected: "another seed in each recording", got: "seed \(seed) in both",
        hint: "runs of one seed are no two runs: give one of them, or correct provenance.seed")
    case .recordingTwice(let model, let first, let second):
      Diagnosis(
        .badData, "one recording twice in a model",
        at: "\(first) and \(second) of \(model.singleLine)", expected: "another network in each",
        got: "the same logits and maps", hint: "give it once")
    case .nameTwice(let name):
      Diagnosis(
        .usage, "one name for two models", at: name.singleLine,
        expected: "a name of its own for each model",
        hint: "rename one of them; runs of one model go behind one name")
    case .noModel:
      Diagnosis(
        .usage, "no model to audit", at: "the list of models", expected: "at least one model")
    case .badOption(let name, let expected, let got):
      Diagnosis(.usage, "bad option", at: name, expected: expected, got: got)
    }
  }
}
