import Dispatch

/// Runs independent pieces of work on all cores. Results stand in order, whichever finished first.
enum ParallelLoop {
  static func map<Value: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      // Every index is written by one iteration only.
      nonisolated(unsafe) let base = buffer.baseAddress
      DispatchQueue.concurrentPerform(iterations: count) { index in
        (base! + index).initialize(to: body(index))
      }
      initialized = count
    }
  }
}
