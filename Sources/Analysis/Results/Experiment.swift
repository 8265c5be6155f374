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

extension Experiment {
  /// What a sweep's plan says of a model, beside its recordings.
  public struct Setting: Sendable {
    public var architecture: String
    public var form: String
    public var lambda: Double
    public var latencies: [MeasuredLatency]

    public init(
      architecture: String, form: String, lambda: Double, latencies: [MeasuredLatency]
    ) {
      self.architecture = architecture
      self.form = form
      self.lambda = lambda
      self.latencies = latencies
    }
  }

  /// - Parameter settings: one a model.
  public init(_ result: AuditResult, _ settings: [Setting], missing: [Missing]) {
    let rows = zip(result.models, settings).map { model, setting in
      Row(
        architecture: setting.architecture, form: setting.form, lambda: setting.lambda,
        arm: model, paired: result.comparison(of: model.index)?.paired,
        flags: result.flags.filter { $0.model == model.index }, latencies: setting.latencies)
    }
    self.init(rows: rows, missing: missing)
  }
}
