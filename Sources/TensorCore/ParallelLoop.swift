/// Independent pieces of work on all cores, or on those for which threads can be had. For sums, whose order matters, see `Lanes`.
public enum ParallelLoop {
  /// The results of 0..<count in order, whichever finished first.
  public static func map<Value: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      // Every index is written by one iteration only.
      nonisolated(unsafe) let base = buffer.baseAddress
      WorkerPool.shared.run(count) { index in
        (base! + index).initialize(to: body(index))
      }
      initialized = count
    }
  }

  /// Calls `body` once with each of 0..<count, several at a time, and returns when all are done.
  /// - Parameter progress: told (done, count) now and then, on the caller's thread.
  public static func forEach(
    _ count: Int, progress: ((Int, Int) -> Void)? = nil, body: @Sendable (Int) -> Void
  ) {
    // Small enough steps for a living progress bar, large enough that waiting for the slowest is rare.
    let step = 128
    var done = 0
    while done < count {
      let size = min(step, count - done)
      let start = done
      WorkerPool.shared.run(size) { body(start + $0) }
      done += size
      progress?(done, count)
    }
  }
}
