import Dispatch

/// Independent work on all processors.
enum Parallel {
  /// The results of `count` calls, in order whatever the threads do.
  static func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
    var results = [Value?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
      // Every call writes one element of its own.
      nonisolated(unsafe) let slots = buffer
      DispatchQueue.concurrentPerform(iterations: count) { slots[$0] = body($0) }
    }
    return results.map { $0! }
  }
}
