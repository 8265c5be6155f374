import Recordings

/// How the training runs of two models belong together.
///
/// Runs are *matched* where both models have the same seeds, each once and all known: a run and its partner started
/// from the same weights and saw the same batches in the same order, so they may resemble each other, and only their
/// difference is free of what they share. Analysed by pairs, an interval is right whether they resemble each other or
/// not (it has fewer degrees of freedom, the price of not assuming); analysed apart, it is right only if they do not.
/// All other runs are *independent*.
public struct RunDesign: Sendable, Equatable {
  /// A run of each side, of equal seeds.
  public struct Pair: Sendable, Equatable {
    /// Recordings, from 0.
    public var reference: Int
    /// The model's recording, from 0.
    public var model: Int
  }

  /// The reference's recordings.
  public var referenceCount: Int
  /// The model's recordings.
  public var modelCount: Int
  /// In the reference's order; nil where runs are independent. One recording per model is a pair whatever its seeds.
  public var pairs: [Pair]?

  /// - Parameters:
  ///   - reference: one seed a recording, nil where unknown.
  ///   - model: the same.
  public init(reference: [UInt64?], model: [UInt64?]) {
    referenceCount = reference.count
    modelCount = model.count
    guard referenceCount > 1 || modelCount > 1 else {
      pairs = [Pair(reference: 0, model: 0)]
      return
    }
    guard referenceCount == modelCount, Set(reference).count == referenceCount,
      !reference.contains(nil), Set(reference) == Set(model)
    else { return }
    pairs = reference.indices.map {
      Pair(reference: $0, model: model.firstIndex(of: reference[$0])!)
    }
  }
}

extension RunDesign {
  /// By the recordings' own seeds.
  init(_ reference: [Recording], _ model: [Recording]) {
    self.init(reference: reference.map(\.seed), model: model.map(\.seed))
  }
}
