import CLanes

/// A fixed number of lanes that share work by position, never by speed, so that sums come out the same on
/// every run with the same number of lanes. Where fewer threads can be started, they take several lanes each: how work
/// is split stays as it was asked for.
public struct Lanes: Sendable, Hashable {
  /// At least 1.
  public let count: Int

  /// - Parameter count: threads, at least 1.
  public init(_ count: Int) {
    precondition(count >= 1, "at least one lane is needed, got \(count)")
    self.count = count
  }

  /// The contiguous part of 0..<total that a lane works on; parts differ by one at most.
  public func range(_ lane: Int, of total: Int) -> Range<Int> {
    (total * lane / count)..<(total * (lane + 1) / count)
  }

  /// Runs the body once for every lane, at the same time, and waits.
  public func run(_ body: (Int) -> Void) {
    if count == 1 {
      body(0)
    } else if runOnThreads(count, body) == 0 {
      // The lanes' own threads serve one caller at a time.
      WorkerPool.shared.run(count, body)
    }
  }

  /// Runs the body on each lane's part of 0..<total; lanes without a part are skipped.
  public func run(over total: Int, _ body: (_ lane: Int, _ range: Range<Int>) -> Void) {
    run { lane in
      let part = range(lane, of: total)
      if !part.isEmpty { body(lane, part) }
    }
  }
}

/// `exl_lanes_run` of CLanes, declared here because the importer does not take the Swift calling convention.
@_silgen_name("exl_lanes_run")
private func runOnThreads(_ count: Int, _ body: (Int) -> Void) -> Int32
