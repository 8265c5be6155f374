import FileKit
import Foundation
import Training

/// The runs of a sweep that this process may still take, one worker each.
///
/// Workers, other processes and other machines agree by the runs' locks alone; what is here is only memory of what
/// this process has seen.
final class SweepQueue: @unchecked Sendable {
  /// A run that this process holds.
  struct Taken {
    let run: SweepPlan.Run
    let lock: FileLock
  }

  private let folder: SweepFolder
  private let runs: [SweepPlan.Run]
  // Guarded by `mutex`.
  private let mutex = NSLock()
  private var failures: [String: Diagnosis] = [:]
  /// What ended a worker, and ends the others at their next question.
  private var stopping: (any Error)?

  init(_ folder: SweepFolder, runs: [SweepPlan.Run]) {
    self.folder = folder
    self.runs = runs
  }

  /// The next run to work on; waits for those that others hold, since their holder may be killed.
  /// - Returns: nil when every run is done or has failed.
  func next() throws -> Taken? {
    while true {
      if let stopped { throw stopped }
      var isHeldElsewhere = false
      for run in runs where mutex.withLock({ failures[run.name] == nil }) {
        guard !folder.isDone(run.name) else { continue }
        guard let lock = try folder.lock(run.name) else {
          isHeldElsewhere = true
          continue
        }
        // Its last holder may have finished it between the two questions.
        guard !folder.isDone(run.name) else {
          lock.release()
          continue
        }
        return Taken(run: run, lock: lock)
      }
      guard isHeldElsewhere else { return nil }
      usleep(200_000)
    }
  }

  func finish(_ taken: Taken, failure: Diagnosis?) {
    if let failure { mutex.withLock { failures[taken.run.name] = failure } }
    folder.note(failure: failure?.line, of: taken.run.name)
    taken.lock.release()
  }

  func stop(_ error: any Error) { mutex.withLock { stopping = stopping ?? error } }

  var stopped: (any Error)? { mutex.withLock { stopping } }

  /// In the plan's order, what failed here.
  var failed: [(name: String, diagnosis: Diagnosis)] {
    mutex.withLock { runs.compactMap { run in failures[run.name].map { (run.name, $0) } } }
  }
}
