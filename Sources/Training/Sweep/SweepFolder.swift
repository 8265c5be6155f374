import FileKit
import Foundation

/// A sweep on disk: `plan.json`, and below `runs`, `recordings`, `failures`, `locks` and, where
/// times were measured, `latency` one entry a run.
///
/// Any number of processes, on any machines that share the folder, may work on it: a run's lock file says who has it,
/// and its recording that it is done.
package struct SweepFolder: Sendable {
  /// As the caller gave it; nothing need be there yet.
  package let path: String

  /// Touches no file.
  package init(_ path: String) { self.path = path }

  /// `plan.json`, which makes a folder a sweep.
  package var planPath: String { "\(path)/plan.json" }
  /// Whether a plan has been written here.
  package var exists: Bool { Files.exists(planPath) }

  /// Where the run of a name lies, whether or not it has been started.
  package func run(_ name: String) -> RunFolder { RunFolder("\(path)/runs/\(name)") }
  /// The path of the recording of a run's name, whether or not it is there.
  package func recording(_ name: String) -> String { "\(path)/recordings/\(name)" }
  /// Its own files; runs and recordings have lists of theirs.
  var files: OwnedFiles { OwnedFiles(path, lock: "locks/list.lock") }
  private func failure(_ name: String) -> String { "\(path)/failures/\(name).txt" }

  /// Whether a run has been trained and recorded.
  package func isDone(_ name: String) -> Bool { Files.exists("\(recording(name))/recording.json") }

  /// Why a run failed when it was last tried, one line; nil where it did not.
  package func failure(of name: String) -> String? {
    guard let bytes = try? Files.read(failure(name)) else { return nil }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// Notes that a run failed, or with nil that it did not.
  package func note(failure line: String?, of name: String) {
    let file = "failures/\(name).txt"
    if let line { _ = try? files.write(line + "\n", to: file) } else { files.remove(file) }
  }

  /// A run's lock, for training and recording it; nil where another has it.
  package func lock(_ name: String) throws(SweepFault) -> FileLock? {
    do { return try FileLock.take(file: "\(path)/locks/\(name).lock") } catch { throw .file(error) }
  }

  /// Reads and checks `plan.json`. Throws where there is no folder, no plan, another format
  /// version, or a value out of range.
  package func readPlan() throws(SweepFault) -> SweepPlan {
    guard Files.exists(path) else { throw .file(.missing(path: path)) }
    guard exists else { throw .notASweep(folder: path) }
    let bytes: [UInt8]
    do { bytes = try Files.read(planPath) } catch { throw .file(error) }
    if case .success(let version) = CanonicalJSON.formatVersion(of: bytes),
      version != SweepPlan.currentFormatVersion
    {
      throw .unreadablePlan(
        path: planPath, reason: "format version \(version), not \(SweepPlan.currentFormatVersion)")
    }
    switch CanonicalJSON.decode(SweepPlan.self, from: bytes) {
    case .failure(let problem): throw .unreadablePlan(path: planPath, reason: problem.sentence)
    case .success(let plan):
      do throws(ValueProblem) { try plan.validate() } catch {
        throw .wrongValue(path: planPath, problem: error)
      }
      return plan
    }
  }

  /// Adds runs to the plan, and makes folder and plan where there are none.
  /// - Parameter threads: of each run; nil for those of the plan, or else `usual`.
  package func add(
    _ runs: [SweepPlan.Run], threads: Int?, usual: Int
  ) throws(SweepFault) -> SweepPlan {
    let lock: FileLock?
    do throws(FileFault) {
      let place = try OutputPlace(path)
      if !exists, Files.isFolder(place.path) {
        // Another process may be making it at this moment.
        try files.checkEmpty(kind: "a sweep", allowing: Self.entries)
      }
      for name in Self.entries.sorted() { try Files.makeFolder("\(path)/\(name)") }
      lock = try FileLock.take(file: "\(path)/locks/plan.lock", waits: true)
    } catch { throw .file(error) }
    defer { lock?.release() }
    return try addLocked(runs, threads: threads, usual: usual)
  }

  private static let entries: Set = ["runs", "recordings", "failures", "locks"]

  private func addLocked(
    _ runs: [SweepPlan.Run], threads: Int?, usual: Int
  ) throws(SweepFault) -> SweepPlan {
    var plan = exists ? try readPlan() : SweepPlan(threads: threads ?? usual)
    if let threads, threads != plan.threads {
      throw .otherSweep(
        folder: path, difference: "\(threads) threads a run instead of \(plan.threads)")
    }
    let before = plan
    if let difference = plan.add(runs) {
      throw .otherSweep(folder: path, difference: difference)
    }
    if plan != before || !exists {
      try wrapping(SweepFault.file) { () throws(FileFault) in
        try files.write(.bytes(CanonicalJSON.encode(plan)), to: "plan.json")
        try files.settle()
      }
    }
    return plan
  }
}
