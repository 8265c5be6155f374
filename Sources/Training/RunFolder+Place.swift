import FileKit
import Foundation

extension RunFolder {
  static let manifestName = "run.json"
  static let weightsName = "weights.safetensors"
  static let historyName = "history.csv"
  static let stateName = "state.safetensors"

  /// The run's files, and the list of those that are as ExitLens wrote them.
  var files: OwnedFiles { OwnedFiles(path) }

  /// Refuses a place where no run can be made or gone on with; leaves it as it is.
  /// - Parameter resume: whether a run that is there may be gone on with.
  package func check(resume: Bool) throws(TrainingFault) {
    try wrapping(TrainingFault.file) { () throws(FileFault) in try checkPlace() }
    guard exists else { return }
    guard resume else { throw .runExists(folder: path) }
    let manifest = try readManifest()
    // A finished run is only read.
    guard !isFinished else { return }
    _ = try readState(of: manifest)
    try wrapping(TrainingFault.file) { () throws(FileFault) in
      try files.check([Self.historyName, Self.stateName])
    }
  }

  private func checkPlace() throws(FileFault) {
    let place = try OutputPlace(path)
    if exists { return }
    if Files.isFolder(place.path) {
      try files.checkEmpty(kind: "a run")
    } else if Files.exists(place.path) {
      throw .unwritable(path: path, reason: "a file of that name is there")
    } else {
      // Only an attempt tells whether it will work.
      try Files.makeFolder(path)
      rmdir(path)
    }
  }

  /// Moves the folder to NAME.old-N, so that a run can be made in its place.
  package func moveAside() throws(TrainingFault) -> MovedAside {
    return try wrapping(TrainingFault.file) { () throws(FileFault) in
      try MovedAside.move(OutputPlace(path).path, given: path)
    }
  }

  /// Leaves one digest a file in the list, where a list is there.
  func settle() throws(TrainingFault) {
    do { try files.settle() } catch { throw .file(error) }
  }

  /// Keeps other processes from training here until `release()`, or until this process ends in any way.
  func lock() throws(TrainingFault) -> FileLock {
    guard let lock = FileLock.take(folder: path) else { throw .busy(folder: path) }
    return lock
  }
}
