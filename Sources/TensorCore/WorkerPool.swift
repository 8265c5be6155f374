import Dispatch
import FileKit
import Foundation
import Synchronization

/// Threads that wait for pieces of work and go on waiting for the next ones: one a core, the caller's among them.
///
/// A caller works on its own job, and others help as far as there are any: where no thread can be started, or where all
/// are busy (a job within a job), it does everything itself.
final class WorkerPool: @unchecked Sendable {
  static let shared = WorkerPool(threads: ProcessInfo.processInfo.activeProcessorCount)

  /// The most threads beside a caller's.
  private let most: Int
  // The rest is guarded by `changed`.
  private let changed = NSCondition()
  /// Those that take more helpers.
  private var jobs: [Job] = []
  private var started = 0
  private var idle = 0

  /// - Parameter threads: that work at a time for one caller, at least 1.
  init(threads: Int) { most = max(0, threads - 1) }

  /// Calls `body` once with each of 0..<count, several at a time, and waits for all.
  func run(_ count: Int, _ body: (Int) -> Void) {
    let wanted = min(most, count - 1)
    guard wanted > 0 else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      // By its place, as a helper must not hold the closure itself for any longer than it calls it.
      withUnsafePointer(to: body) { place in
        let job = Job(count: count, body: place, openings: wanted)
        open(job)
        job.work()
        close(job)
      }
    }
  }

  /// Work of one caller.
  private final class Job: @unchecked Sendable {
    private let count: Int
    private let body: UnsafePointer<(Int) -> Void>
    private let next = Atomic(0)
    // Guarded by the pool's lock: how many helpers may still come, and how many there are.
    var openings: Int
    var helpers = 0
    var isClosed = false
    /// Signalled when the last helper leaves a closed job.
    let left = DispatchSemaphore(value: 0)

    init(count: Int, body: UnsafePointer<(Int) -> Void>, openings: Int) {
      self.count = count
      self.body = body
      self.openings = openings
    }

    func work() {
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        body.pointee(index)
      }
    }
  }

  private func open(_ job: Job) {
    changed.withLock {
      jobs.append(job)
      var missing = job.openings - idle
      while missing > 0, started < most, let thread = WorkerThread.start({ [self] in help() }) {
        thread.detach()
        started += 1
        missing -= 1
      }
      for _ in 0..<min(job.openings, idle) { changed.signal() }
    }
  }

  private func close(_ job: Job) {
    let isHelped = changed.withLock {
      jobs.removeAll { $0 === job }
      job.isClosed = true
      return job.helpers > 0
    }
    if isHelped { job.left.wait() }
  }

  /// What a helper does all its life.
  private func help() {
    changed.lock()
    while true {
      guard let job = jobs.first else {
        idle += 1
        changed.wait()
        idle -= 1
        continue
      }
      job.helpers += 1
      job.openings -= 1
      if job.openings == 0 { jobs.removeFirst() }
      changed.unlock()
      job.work()
      changed.lock()
      job.helpers -= 1
      if job.isClosed, job.helpers == 0 { job.left.signal() }
    }
  }
}
