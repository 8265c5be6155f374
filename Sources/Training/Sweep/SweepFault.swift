import FileKit

/// What can go wrong with a sweep as a whole.
package enum SweepFault: Fault {
  case notASweep(folder: String)
  case unreadablePlan(path: String, reason: String)
  case wrongValue(path: String, problem: ValueProblem)
  case unreadableTimes(path: String, reason: String)
  case isBeingTimed(folder: String)
  case otherSweep(folder: String, difference: String)
  case unprintable(path: String)
  case noSuchRun(name: String, folder: String, first: String, count: Int)
  case failed(
    code: Diagnosis.Code, folder: String, count: Int, of: Int, first: String, reason: String)
  case noRecordings(folder: String, what: String)
  case file(FileFault)

  /// The message; its exit code is 1, 64, 65, 66 or 73, by the case.
  package var diagnosis: Diagnosis {
    switch self {
    case .notASweep(let folder):
      Diagnosis(
        .noInput, "not a sweep", at: folder, expected: "a folder that `exitlens sweep` has written",
        got: "no plan.json in it")
    case .unreadablePlan(let path, let reason):
      Diagnosis(
        .badData, "unreadable plan of a sweep", at: path, expected: "what `exitlens sweep` writes",
        got: reason, hint: "restore the file, or plan again in another folder")
    case .wrongValue(let path, let problem):
      Diagnosis(
        .badData, "wrong value in a sweep's plan", at: "\(path), \(problem.key)",
        expected: problem.expected, got: problem.got,
        hint: "restore the file, or plan again in another folder")
    case .unreadableTimes(let path, let reason):
      Diagnosis(
        .badData, "unreadable times of a run", at: path,
        expected: "what `exitlens sweep --latency` writes", got: reason,
        hint: "delete the file, and measure again")
    case .isBeingTimed(let folder):
      Diagnosis(
        .failed, "another process is measuring times", at: folder, expected: "one at a time",
        hint: "wait until it has finished, then run again")
    case .otherSweep(let folder, let difference):
      Diagnosis(
        .cannotWrite, "another sweep is already there", at: folder,
        expected: "the same data and training options but for architecture, λ, variant and seed",
        got: difference, hint: "choose another --out, or add --force to move that one aside")
    case .unprintable(let path):
      Diagnosis(
        .usage, "a path that no script can hold", at: path,
        expected: "no line breaks or control characters, with --plan and --slurm",
        hint: "choose another --out")
    case .noSuchRun(let name, let folder, let first, let count):
      Diagnosis(
        .usage, "no such run in the plan", at: folder,
        expected: "one of its \(count) runs, such as \(first)", got: name)
    case .failed(let code, let folder, let count, let total, let first, let reason):
      Diagnosis(
        code, "\(count) of \(total) runs failed", at: folder,
        got: "\(first): \(reason)", hint: "repeat the command to try them again")
    case .noRecordings(let folder, let what):
      Diagnosis(
        .badData, "nothing to report yet", at: folder, expected: what, got: "none",
        hint: "go on with `exitlens sweep --out \(folder)`")
    case .file(let fault): fault.diagnosis
    }
  }

  /// Whether `--force` helps: a folder is there that could be moved aside.
  package var isSomethingInTheWay: Bool {
    switch self {
    case .otherSweep, .file(.notOurs), .file(.notOurFile): true
    default: false
    }
  }
}
