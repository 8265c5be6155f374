import FileKit
import Foundation

extension RunFolder {
  private static let files = [
    "run.json", "weights.safetensors", "history.csv", "state.safetensors",
  ]

  /// Refuses a place where no run can be made or gone on with; leaves it as it is.
  /// - Parameter resume: whether a run that is there may be gone on with.
  public func check(resume: Bool) throws(TrainingFault) {
    if exists {
      guard resume else { throw .runExists(folder: path) }
      _ = try readManifest()
    } else if Files.isFolder(path) {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      guard names.allSatisfy(Self.isLeftover) else {
        throw .file(.notOurs(path: path, kind: "a run"))
      }
    } else if Files.exists(path) {
      throw .file(.unwritable(path: path, reason: "a file of that name is there"))
    } else {
      // Only an attempt tells whether it will work.
      do { try Files.makeFolder(path) } catch { throw .file(error) }
      rmdir(path)
    }
  }

  /// Keeps other processes from training here until `release()`, or until this process ends in any way.
  func lock() throws(TrainingFault) -> FileLock {
    guard let lock = FileLock.take(folder: path) else { throw .busy(folder: path) }
    return lock
  }

  /// Removes half-written files of a killed process.
  func removeLeftovers() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names where Self.isLeftover(name) { unlink("\(path)/\(name)") }
  }

  /// Whether a name is one that `Files.write` uses until a file is complete: "run.json.123.tmp".
  private static func isLeftover(_ name: String) -> Bool {
    guard name.hasSuffix(".tmp") else { return false }
    return files.contains { file in
      name.hasPrefix(file + ".")
        && name.dropFirst(file.count + 1).dropLast(4).allSatisfy(\.isNumber)
    }
  }
}
