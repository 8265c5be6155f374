/// What can go wrong with a file.
public enum FileFault: Fault {
  case missing(path: String)
  case unreadable(path: String, reason: String)
  /// Written to or cut while it was being read.
  case changed(path: String)
  case unwritable(path: String, reason: String)
  case notOurs(path: String, kind: String)
  case corruptGzip(path: String)

  public var diagnosis: Diagnosis {
    switch self {
    case .missing(let path):
      Diagnosis(
        .noInput, "no such file or folder", at: path, hint: "check the spelling and the folder")
    case .unreadable(let path, let reason):
      Diagnosis(.noInput, "cannot read", at: path, got: reason)
    case .changed(let path):
      Diagnosis(
        .badData, "file changed while it was being read", at: path,
        expected: "the file that was checked at the start", got: "one written to or cut since",
        hint: "wait until its writer has finished, then run again")
    case .unwritable(let path, let reason):
      Diagnosis(
        .cannotWrite, "cannot write", at: path, got: reason,
        hint: "choose a folder that you may write to, with free space")
    case .notOurs(let path, let kind):
      Diagnosis(
        .cannotWrite, "will not overwrite", at: path, expected: "a new folder or \(kind)",
        got: "a folder that is something else", hint: "choose another --out")
    case .corruptGzip(let path):
      Diagnosis(
        .badData, "damaged gzip file", at: path, expected: "a complete gzip stream",
        hint: "fetch the file again")
    }
  }
}
