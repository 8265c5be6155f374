import Recordings

/// How the training runs of two arms belong together.
///
/// Runs are *matched* where both arms have the same seeds, each once and all known: a run and its partner started
/// from the same weights and saw the same batches in the same order, so they may resemble each other, and only their
/// difference is free of what they share. Analysed by pairs, an interval is right whether they resemble each other or
/// not (it has fewer degrees of freedom, the price of not assuming); analysed apart, it is right only if they do not.
/// All other runs are *independent*.
public struct RunDesign: Sendable, Equatable {
  public struct Pair: Sendable, Equatable {
    /// Recordings, from 0.
    public var baseline: Int
    public var egt: Int
  }

  public var baselineCount: Int
  public var egtCount: Int
  /// In the baseline's order; nil where runs are independent. One recording an arm is a pair whatever its seeds.
  public var pairs: [Pair]?

  /// - Parameters:
  ///   - baseline: one seed a recording, nil where unknown.
  ///   - egt: the same.
  public init(baseline: [UInt64?], egt: [UInt64?]) {
    baselineCount = baseline.count
    egtCount = egt.count
    guard baselineCount > 1 || egtCount > 1 else {
      pairs = [Pair(baseline: 0, egt: 0)]
      return
    }
    guard baselineCount == egtCount, Set(baseline).count == baselineCount,
      !baseline.contains(nil), Set(baseline) == Set(egt)
    else { return }
    pairs = baseline.indices.map { Pair(baseline: $0, egt: egt.firstIndex(of: baseline[$0])!) }
  }
}

extension RunDesign {
  /// By the recordings' own seeds.
  init(_ baseline: [Recording], _ egt: [Recording]) {
    self.init(baseline: baseline.map(\.seed), egt: egt.map(\.seed))
  }
}
