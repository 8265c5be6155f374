import Recordings

/// Every form and weight of guided training that a sweep tried, each beside the same baseline.
public struct Experiment: Sendable {
  /// Training runs of one form and one λ.
  public struct Row: Sendable {
    /// "baseline", or the name of a form of guided training: "paper", "stop-gradient".
    public var form: String
    public var lambda: Double
    public var arm: ArmResult
    /// Against the baseline; nil for the baseline itself, and where the samples differ.
    public var paired: PairedResult?
    /// What was raised about this arm alone.
    public var flags: [Flag]
    /// Of the first of its recordings that has times.
    public var latency: MeasuredLatency?

    public init(
      form: String, lambda: Double, arm: ArmResult, paired: PairedResult?, flags: [Flag] = [],
      latency: MeasuredLatency? = nil
    ) {
      self.form = form
      self.lambda = lambda
      self.arm = arm
      self.paired = paired
      self.flags = flags
      self.latency = latency
    }
  }

  /// A planned run that is not among the recordings.
  public struct Missing: Sendable, Equatable {
    public var name: String
    /// Why it failed; nil where it was not finished.
    public var failure: String?

    public init(name: String, failure: String?) {
      self.name = name
      self.failure = failure
    }
  }

  /// The baseline first.
  public var rows: [Row]
  public var missing: [Missing]

  public init(rows: [Row], missing: [Missing]) {
    self.rows = rows
    self.missing = missing
  }
}

/// Recordings of one form of training, as a sweep's folder has them.
public struct ExperimentArm: Sendable {
  public var form: String
  public var lambda: Double
  /// One a seed, at least one.
  public var recordings: [Recording]

  public init(form: String, lambda: Double, recordings: [Recording]) {
    self.form = form
    self.lambda = lambda
    self.recordings = recordings
  }
}

extension Auditor {
  /// Audits every arm against the baseline, as `audit` does two.
  /// - Parameter arms: in the order of the rows.
  public static func experiment(
    baseline: [Recording], arms: [ExperimentArm], missing: [Experiment.Missing],
    options: AuditOptions = AuditOptions()
  ) throws(AnalysisFault) -> Experiment {
    func latency(_ recordings: [Recording]) -> MeasuredLatency? {
      recordings.lazy.compactMap(\.manifest.latency).first
    }
    var rows: [Experiment.Row] = []
    for arm in arms {
      let result = try audit(baseline: baseline, egt: arm.recordings, options: options)
      func flags(_ name: ArmResult.Name) -> [Flag] {
        result.flags.filter { $0.arm == name.rawValue }
      }
      if rows.isEmpty {
        rows.append(
          Experiment.Row(
            form: ArmResult.Name.baseline.rawValue, lambda: 0, arm: result.baseline, paired: nil,
            flags: flags(.baseline), latency: latency(baseline)))
      }
      rows.append(
        Experiment.Row(
          form: arm.form, lambda: arm.lambda, arm: result.egt, paired: result.paired,
          flags: flags(.egt), latency: latency(arm.recordings)))
    }
    return Experiment(rows: rows, missing: missing)
  }
}
