import Recordings

/// What the weight λ of the consistency term does: networks trained as EGT was, but for λ and the seed, on the same
/// images. The audit's own recordings are among them.
public struct LambdaSweep: Sendable {
  /// One training run.
  public struct Run: Sendable {
    /// The weight of the consistency term; 0 for a baseline.
    public var lambda: Double
    /// nil where the recording does not say.
    public var seed: UInt64?
    /// Means over the early exits of the mean over images, as for a model; nil where no map is defined.
    public var cosine: Double?
    /// Of the cosine: the final map of another image.
    public var null: Double?
    /// Pearson correlation, the same mean.
    public var centred: Double?
    /// Cosine − null: what is about the image.
    public var excess: Double? {
      cosine.flatMap { cosine in null.map { cosine - $0 } }
    }
    /// Of the final exit, Wilson's interval over images.
    public var accuracy: Estimate

    package init(
      lambda: Double, seed: UInt64?, cosine: Double?, null: Double?, centred: Double?,
      accuracy: Estimate
    ) {
      self.lambda = lambda
      self.seed = seed
      self.cosine = cosine
      self.null = null
      self.centred = centred
      self.accuracy = accuracy
    }
  }

  /// By λ, those of one λ in the order in which they were given.
  public var runs: [Run]

  package init(runs: [Run]) { self.runs = runs }

  /// The different λ, ascending.
  public var lambdas: [Double] { Set(runs.map(\.lambda)).sorted() }

  /// - Parameter lambda: one of `lambdas`.
  public func runs(of lambda: Double) -> [Run] { runs.filter { $0.lambda == lambda } }
}

extension LambdaSweep.Run {
  /// nil where the recording does not say its λ.
  init?(_ recording: Recording, _ exits: [ExitScan]) {
    guard let lambda = recording.manifest.provenance?.lambda else { return nil }
    let early = exits.dropLast().map { $0.consistency! }
    let right = exits[exits.count - 1].answers.isRight
    self.init(
      lambda: lambda, seed: recording.seed, cosine: early.map(\.cosine.definedMean).definedMean,
      null: early.map(\.cosineNull.mean).definedMean,
      centred: early.map(\.centred.definedMean).definedMean,
      accuracy: WilsonInterval.estimate(right.count { $0 }, of: right.count))
  }
}
