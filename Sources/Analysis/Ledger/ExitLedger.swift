/// What stopping early costs and brings, of one model: by exit, by policy and setting, and what no policy can reach.
///
/// With several recordings (seeds), a number is the mean over them. Costs are multiply–accumulates, attention
/// modules and heads on the way counted; nil where they are not known of every exit.
public struct ExitLedger: Sendable {
  /// Where samples leave under the confidence policy at the audit's threshold.
  public var exits: [LedgerExit]
  /// In the order of `ExitPolicy`.
  public var policies: [PolicyLedger]
  /// What deeper exits do to answers that were right already.
  public var overthinking: Overthinking
  /// Samples in the validation answers, one entry a recording; nil where a recording has none.
  public var validationCounts: [Int?]
}

/// One exit's line.
public struct LedgerExit: Sendable {
  /// From 1.
  public var exit: Int
  /// Multiply–accumulates, and trained parameters, from the input to this exit's answer: an early stop needs no others.
  public var macs: Double?
  /// nil where a recording does not say.
  public var parameters: Int?
  /// Samples that leave here, over all recordings; `share` of all of them.
  public var count: Int
  /// `count` over the samples of all recordings, 0…1.
  public var share: Double
  /// Of those that leave here, the share answered rightly, with Wilson's interval; nil where none leaves. With several
  /// recordings, the mean over samples of their means over the recordings in which they leave here.
  public var accuracy: Estimate?
}

/// One policy's lines.
public struct PolicyLedger: Sendable {
  /// Which rule says when a sample leaves.
  public var policy: ExitPolicy
  /// On the recorded samples, by rising setting.
  public var curve: [PolicyPoint]
  /// One a target, in the audit's order.
  public var choices: [ThresholdChoice]
  /// Settings chosen for budgets in steps of 5 % of the full cost, by rising budget; empty without validation answers
  /// in every recording, or costs.
  public var budgeted: [BudgetPoint]
}

/// What a policy does at one setting; means over recordings.
public struct PolicyPoint: Sendable, Equatable {
  /// A threshold 0…1, or the number of equal answers that patience waits for.
  public var setting: Double
  /// Share of samples answered rightly where they leave.
  public var accuracy: Double
  /// Multiply–accumulates a sample; nil where a cost is unknown.
  public var meanMacs: Double?
  /// Per exit, the share of samples that leave there.
  public var shares: [Double]
}

/// A setting looked for on the validation answers.
public struct ThresholdChoice: Sendable {
  /// What the setting had to reach.
  public var target: ThresholdTarget
  /// nil where no setting could be chosen; `refusal` says why.
  public var chosen: FrozenThreshold?
  /// A clause: "the recordings have no validation answers".
  public var refusal: String?
}

/// A setting chosen on the validation answers, each recording's on its own, and scored once on the recorded samples.
public struct FrozenThreshold: Sendable {
  /// One a recording; infinity: no sample leaves early.
  public var settings: [Double]
  /// On the validation answers, from which the choice was made: optimistic.
  public var validationAccuracy: Double
  /// The final exit's on the same validation answers.
  public var validationFinalAccuracy: Double
  /// Multiply–accumulates a validation sample; nil where a cost is unknown.
  public var validationMeanMacs: Double?
  /// On the recorded samples, with the frozen setting; Wilson's interval.
  public var accuracy: Estimate
  /// Accuracy minus the final exit's on the same samples; Bonett and Price's interval (`PairedShares`).
  public var belowFinal: Estimate
  /// Bootstrap interval over samples.
  public var meanMacs: Estimate?
  /// Per exit, the share of samples that leave there.
  public var shares: [Double]

  /// Recorded samples minus validation: below 0 where the choice promised too much.
  public var accuracyGap: Double { accuracy.value - validationAccuracy }
}

/// The most accurate setting within a budget on the validation answers, and what it does on the recorded samples.
public struct BudgetPoint: Sendable, Equatable {
  /// Share of the final exit's multiply–accumulates that the mean sample may cost.
  public var budget: Double
  /// One a recording; infinity: no sample leaves early.
  public var settings: [Double]
  /// On the validation answers, from which the setting was chosen.
  public var validationAccuracy: Double
  /// Multiply–accumulates a validation sample; within the budget.
  public var validationMeanMacs: Double
  /// On the recorded samples.
  public var accuracy: Double
  /// May exceed the budget, which holds on the validation answers only.
  public var meanMacs: Double
}

/// What deeper exits do to answers that were right already (Kaya, Hong and Dumitras, 2019). Every sample of every
/// recording is exactly one of the four.
public struct Overthinking: Sendable {
  /// One of the four parts.
  public struct Part: Sendable {
    /// Over all recordings.
    public var count: Int
    /// Wilson's interval.
    public var share: Estimate
  }

  /// Right at some early exit and at the final one: the cost after the first right exit changed nothing.
  public var wasteful: Part
  /// Right at some early exit, wrong at the final one: going on lost the answer.
  public var destructive: Part
  /// Right at the final exit only: going on was needed.
  public var onlyFinal: Part
  /// Right at no exit.
  public var never: Part
  /// Mean over wasteful samples of the multiply–accumulates after the first right exit; nil where there is none.
  public var wastedMacs: Double?
  /// Every sample leaves at its first right exit, or at the final one where none is right. Knows the labels, so no
  /// policy can reach it: an upper bound of any policy's accuracy, at the least cost of that accuracy.
  public var oracleAccuracy: Estimate
  /// Multiply–accumulates a sample of that oracle; nil where a cost is unknown.
  public var oracleMeanMacs: Double?
  /// Per exit, the share of samples that leave there under it.
  public var oracleShares: [Double]
}
