/// What can go wrong with a file.
public enum FileFault: Fault {
  case missing(path: String)
  case unreadable(path: String, reason: FileReason)
  /// Written to or cut while it was being read.
  case changed(path: String)
  case unwritable(path: String, reason: FileReason)
  /// - Parameters:
  ///   - foreign: what is in the way, relative to the path.
  ///   - reason: what makes it foreign, as in "…, which …".
  case notOurs(path: String, kind: String, foreign: String, reason: String)
  /// A file that would be replaced, in a folder of which others may be somebody else's.
  case notOurFile(path: String, isListed: Bool, list: String)
  case isLink(path: String, destination: String)
  /// The folder that the shell is in, or one around it: replaced, it would leave the shell nowhere.
  case isPresentFolder(path: String)
  case emptyPath
  /// - Parameter isInput: whether the other one is read, or is another output of the command.
  case overlap(
    output: NamedPath, other: NamedPath, isInput: Bool, got: String)
  case corruptGzip(path: String)
  /// A stream of another length than what it holds announces.
  case wrongGzipSize(path: String, expected: Int, got: String)

  /// The fault as a line for the user.
  public var diagnosis: Diagnosis {
    switch self {
    case .missing(let path):
      Diagnosis(
        .noInput, "no such file or folder", at: path, hint: "check the spelling and the folder")
    case .unreadable(let path, let reason):
      Diagnosis(
        // A machine that gives out says nothing about the input.
        reason.isShortage ? .failed : .noInput, "cannot read", at: path,
        got: reason.description, hint: reason.hint)
    case .changed(let path):
      Diagnosis(
        .badData, "file changed while it was being read", at: path,
        expected: "the file that was checked at the start", got: "one written to or cut since",
        hint: "wait until its writer has finished, then run again")
    case .unwritable(let path, let reason):
      Diagnosis(
        .cannotWrite, "cannot write", at: path, got: reason.description,
        hint: reason.hint ?? "choose a folder that you may write to, with free space")
    case .notOurs(let path, let kind, let foreign, let reason):
      Diagnosis(
        .cannotWrite, "will not overwrite", at: path,
        expected: "a new or empty folder, or \(kind) as it was written",
        got: "\(foreign), which \(reason)",
        hint: "choose another place, or add --force to move what is there aside")
    case .notOurFile(let path, let isListed, let list):
      Diagnosis(
        .cannotWrite, "will not overwrite", at: path,
        expected: "a new name, or a file as ExitLens wrote it",
        got: isListed
          ? "one that was changed since (\(list) has another digest)"
          : "one that is not in \(list), so not ExitLens's",
        hint: "choose another place, or add --force to move the file aside")
    case .isLink(let path, let destination):
      Diagnosis(
        .cannotWrite, "will not write through a link", at: path, expected: "a folder or a new name",
        got: "a link to \(destination)", hint: "name that folder itself, or another one")
    case .isPresentFolder(let path):
      Diagnosis(
        .cannotWrite, "will not replace the folder that you are in", at: path,
        expected: "a folder elsewhere or in it", hint: "name one, such as --out report")
    case .emptyPath:
      Diagnosis(
        .usage, "no place to write to", at: "an empty path", expected: "the name of a folder",
        got: "''", hint: "check the variable that the name should have come from")
    case .overlap(let output, let other, let isInput, let got):
      Diagnosis(
        isInput ? .cannotWrite : .usage, "will not write there",
        at: "\(output.name) \(output.path)",
        expected: "a place apart from \(other.name) (\(other.path))", got: got,
        hint: "choose another \(output.name)")
    case .corruptGzip(let path):
      Diagnosis(
        .badData, "damaged gzip file", at: path, expected: "a complete gzip stream",
        hint: "fetch the file again")
    case .wrongGzipSize(let path, let expected, let got):
      Diagnosis(
        .badData, "gzip file of another size than its content says", at: path,
        expected: "\(expected) bytes, inflated", got: got, hint: "fetch the file again")
    }
  }
}
