import Datasets
import FileKit
import Recordings
import TensorCore

/// What can go wrong while training, recording, or reading a run.
package enum TrainingFault: Fault {
  /// Where training stands; each number counts from 1.
  package struct Step: Sendable, Equatable {
    /// Of the whole training, epochs before a resume included.
    package var epoch: Int
    /// Of the epoch.
    package var batch: Int
    /// Of the whole training.
    package var step: Int
  }

  case option(name: String, expected: String, got: String)
  case runExists(folder: String)
  case busy(folder: String)
  case otherRun(folder: String, difference: String)
  case notARun(folder: String)
  case unreadableManifest(path: String, reason: String)
  case wrongValue(path: String, problem: ValueProblem)
  case otherVersion(path: String, got: String)
  case unfinished(folder: String, epochsDone: Int, epochs: Int)
  case tensors(path: String, problem: String)
  case surplusTensor(path: String, name: String, hint: String)
  case diverged(Step, expected: String)
  /// A network whose logits overflow.
  case answerNotFinite(run: String)
  case otherClasses(run: String, expected: [String], got: [String])
  case otherImages(run: String, expected: String, got: String)
  case emptyPart(name: String, data: String)
  case tooLittleMemory(needed: Int, problem: String, batch: Int, input: String)
  case file(FileFault)
  case data(DatasetFault)
  case safetensors(SafetensorsFault)

  /// The message; its exit code is 1, 64, 65, 66 or 73, or that of the fault inside.
  package var diagnosis: Diagnosis {
    switch self {
    case .option(let name, let expected, let got):
      Diagnosis(.usage, "unusable option", at: name, expected: expected, got: got)
    case .runExists(let folder):
      Diagnosis(
        .cannotWrite, "a run is already there", at: folder, expected: "a new folder",
        hint: "choose another --out, add --resume to go on with it, or --force to move it aside")
    case .busy(let folder):
      Diagnosis(
        .cannotWrite, "another exitlens is training here", at: folder,
        hint: "wait for it to end, or choose another folder")
    case .otherRun(let folder, let difference):
      Diagnosis(
        .cannotWrite, "another run is already there", at: folder,
        expected: "a run with the same settings and data", got: difference,
        hint: "choose another folder, or add --force to move that one aside")
    case .notARun(let folder):
      Diagnosis(
        .noInput, "not a run", at: folder, expected: "a folder that `exitlens train` has written",
        got: "no run.json in it")
    case .unreadableManifest(let path, let reason):
      Diagnosis(
        .badData, "unreadable run", at: path, expected: "what `exitlens train` writes",
        got: reason, hint: "restore the file, or train again into another folder")
    case .wrongValue(let path, let problem):
      Diagnosis(
        .badData, "wrong value in a run", at: "\(path), \(problem.key)",
        expected: problem.expected, got: problem.got,
        hint: "restore the file, or train again into another folder")
    case .otherVersion(let path, let got):
      Diagnosis(
        .badData, "a run made by another version", at: path,
        expected: "format version \(RunManifest.currentFormatVersion)", got: got,
        hint:
          "train again into another folder with this exitlens (\(Release.version)), or use the one that "
          + "made it")
    case .unfinished(let folder, let done, let epochs):
      Diagnosis(
        .badData, "training has not finished", at: folder, expected: "\(epochs) epochs",
        got: "\(done)", hint: "repeat the training command with --resume")
    case .tensors(let path, let problem):
      Diagnosis(
        .badData, "the tensors do not fit the network", at: path, got: problem,
        hint: "restore the file, or train again into another folder")
    case .surplusTensor(let path, let name, let hint):
      Diagnosis(
        .badData, "a tensor that the network does not have", at: path,
        expected: "the tensors of run.json's network and no other", got: name, hint: hint)
    case .diverged(let place, let expected):
      Diagnosis(
        .failed, "training diverged",
        at: "epoch \(place.epoch), batch \(place.batch) (step \(place.step))", expected: expected,
        got: "NaN or infinity", hint: "lower --learning-rate or --lambda")
    case .answerNotFinite(let run):
      Diagnosis(
        .badData, "the network's answers are not numbers", at: run, expected: "finite logits",
        got: "NaN or infinity",
        hint: "its weights are too large: train again with a lower --learning-rate")
    case .otherClasses(let run, let expected, let got):
      Self.otherClasses(run, expected, got)
    case .otherImages(let run, let expected, let got):
      Diagnosis(
        .badData, "the data's images do not fit the run", at: run, expected: expected, got: got)
    case .emptyPart(let name, let data):
      Diagnosis(
        .badData, "no images to record", at: "\(name) part of \(data)",
        hint: "give data with that part, or another --split")
    case .tooLittleMemory(let needed, let problem, let batch, let input):
      Diagnosis(
        .failed, "out of memory", at: "training on \(input) images in batches of \(batch)",
        expected: "\(needed >> 20) MiB", got: problem,
        hint: "a smaller --batch-size or --size, or fewer --threads, take less")
    case .file(let fault): fault.diagnosis
    case .data(let fault): fault.diagnosis
    case .safetensors(let fault): fault.diagnosis
    }
  }

  /// Whether `--force` helps: a folder is there that could be moved aside.
  package var isSomethingInTheWay: Bool {
    switch self {
    case .runExists, .otherRun: true
    case .file(.notOurs), .file(.notOurFile): true
    default: false
    }
  }

  /// Names the first class that differs, or the numbers of classes.
  private static func otherClasses(
    _ run: String, _ expected: [String], _ got: [String]
  ) -> Diagnosis {
    var diagnosis = Diagnosis(
      .badData, "the data's classes are not the run's", at: run,
      expected: "\(expected.count) classes", got: "\(got.count)",
      hint: "give the data that the run was trained on, or the same classes")
    if expected.count == got.count,
      let index = expected.indices.first(where: { expected[$0] != got[$0] })
    {
      diagnosis.expected = "class \(index + 1) to be '\(expected[index])'"
      diagnosis.got = "'\(got[index])'"
    }
    return diagnosis
  }
}
