import Recordings

/// Every form and weight of guided training that a sweep tried, each beside the same baseline.
public struct Experiment: Sendable {
  /// Training runs of one form and one λ.
  public struct Row: Sendable {
    /// "plain", "residual": each has a baseline of its own.
    public var architecture: String
    /// "baseline", or the name of a form of guided training: "paper", "stop-gradient".
    public var form: String
    public var lambda: Double
    public var arm: ModelResult
    /// Against the baseline; nil for the baseline itself, and where the samples differ.
    public var paired: PairedResult?
    /// What was raised about this arm alone.
    public var flags: [Flag]
    /// Of those of its recordings that have times.
    public var latencies: [MeasuredLatency]

    public init(
      architecture: String, form: String, lambda: Double, arm: ModelResult, paired: PairedResult?,
      flags: [Flag] = [], latencies: [MeasuredLatency] = []
    ) {
      self.architecture = architecture
      self.form = form
      self.lambda = lambda
      self.arm = arm
      self.paired = paired
      self.flags = flags
      self.latencies = latencies
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

  /// Architecture by architecture, the baseline of each first.
  public var rows: [Row]
  public var missing: [Missing]

  public init(rows: [Row], missing: [Missing]) {
    self.rows = rows
    self.missing = missing
  }

  /// What a row's differences are from.
  public func baseline(of row: Row) -> Row? {
    rows.first { $0.architecture == row.architecture && $0.paired == nil && $0.lambda == 0 }
  }
}

/// The recordings of one architecture, as a sweep's folder has them.
public struct ExperimentGroup: Sendable {
  public var architecture: String
  /// One a seed, at least one.
  public var baseline: [Recording]
  /// In the order of the rows.
  public var arms: [ExperimentArm]

  public init(architecture: String, baseline: [Recording], arms: [ExperimentArm]) {
    self.architecture = architecture
    self.baseline = baseline
    self.arms = arms
  }
}

/// The recordings of one form and weight of guided training.
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
  /// Audits every arm against its architecture's baseline, as `audit` does two.
  public static func experiment(
    _ groups: [ExperimentGroup], missing: [Experiment.Missing],
    options: AuditOptions = AuditOptions()
  ) throws(AnalysisFault) -> Experiment {
    var rows: [Experiment.Row] = []
    for group in groups { rows += try self.rows(group, options) }
    return Experiment(rows: rows, missing: missing)
  }

  private static func rows(
    _ group: ExperimentGroup, _ options: AuditOptions
  ) throws(AnalysisFault) -> [Experiment.Row] {
    var rows: [Experiment.Row] = []
    var scan: ModelScan?
    for arm in group.arms {
      let result = try audit(
        baseline: group.baseline, egt: arm.recordings, options: options, baselineScan: &scan)
      func flags(_ name: ModelResult.Arm) -> [Flag] {
        result.flags.filter { $0.arm == name.rawValue }
      }
      if rows.isEmpty {
        rows.append(
          Experiment.Row(
            architecture: group.architecture, form: ModelResult.Arm.baseline.rawValue, lambda: 0,
            arm: result.baseline, paired: nil, flags: flags(.baseline),
            latencies: group.baseline.compactMap(\.manifest.latency)))
      }
      rows.append(
        Experiment.Row(
          architecture: group.architecture, form: arm.form, lambda: arm.lambda, arm: result.egt,
          paired: result.paired, flags: flags(.egt),
          latencies: arm.recordings.compactMap(\.manifest.latency)))
    }
    return rows
  }
}
