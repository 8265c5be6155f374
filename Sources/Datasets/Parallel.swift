import Dispatch

/// Independent work on all cores.
enum Parallel {
  /// Calls `body` once with each of 0..<count, several at a time, and returns when all are done.
  /// - Parameter progress: told (done, count) now and then, on the caller's thread.
  static func forEach(
    _ count: Int, progress: ((Int, Int) -> Void)? = nil, body: @Sendable (Int) -> Void
  ) {
    // Small enough steps for a living progress bar, large enough that waiting for the slowest is rare.
    let step = 128
    var done = 0
    while done < count {
      let size = min(step, count - done)
      let start = done
      DispatchQueue.concurrentPerform(iterations: size) { body(start + $0) }
      done += size
      progress?(done, count)
    }
  }
}
