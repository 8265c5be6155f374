import FileKit

/// What `data/report.json` says, as far as two reports are compared by it.
struct AuditSummary: Decodable, Sendable {
  struct Raised: Decodable, Hashable, Sendable {
    var code: String
    /// A model's name; nil where it is about several.
    var model: String?
    var exit: Int?
  }

  /// A model's number with its interval over images.
  struct Measured: Decodable, Sendable {
    var value: Double
    var low, high: Double?
  }

  /// One exit of a model, or the mean over its early exits.
  struct Exit: Decodable, Sendable {
    var accuracy: Measured?
    var cosine: Measured?
    var null: Double?
    var excess: Measured?
    var centred: Measured?
    var spread: Measured?
  }

  struct EarlyExit: Decodable, Sendable {
    var threshold: Double
    var shares: [Double]
    var accuracy: Measured?
    /// Multiply–accumulates a sample.
    var meanMacs: Double?
  }

  struct Model: Decodable, Sendable {
    var name: String
    var seeds: [UInt64?]
    var lambda: Double?
    var stopGradient: Bool?
    var attentionKind: String?
    var mapKind: String?
    /// By key, or by the name that another program gave.
    var settings: [String: String]?
    var exits: [Exit]
    var mean: Exit?
    var earlyExit: EarlyExit
  }

  /// A difference with its interval over images.
  struct Delta: Decodable, Sendable {
    var delta: Double
    var low, high: Double?
  }

  /// At one exit, or over the early exits.
  struct Difference: Decodable, Sendable {
    var exit: Int?
    var cosine, centred, accuracy: Delta?
  }

  struct Comparison: Decodable, Sendable {
    var model: String
    var reference: String
    var exits: [Difference]
    var mean: Difference?
  }

  struct Resampling: Decodable, Sendable {
    var resamples: Int
    var seed: UInt64
  }

  /// What exit thresholds were chosen for; other numbers are compared as tables.
  struct Tables: Decodable, Sendable {
    struct Choice: Decodable, Hashable, Sendable {
      var target: String
      var targetValue: Double
    }

    var thresholds: [Choice]?
  }

  var formatVersion: Int
  var generator: String
  var name: String?
  var dataHash: String?
  var samples: Int
  var classNames: [String]
  var bootstrap: Resampling
  var models: [Model]
  var comparisons: [Comparison]
  var flags: [Raised]
  var tables: Tables?

  /// - Parameter folder: a report.
  /// - Throws: where there is no report, or one whose numbers can't be read.
  static func read(_ folder: String) throws(ReportFault) -> AuditSummary {
    guard Files.isFolder(folder) else { throw .file(.missing(path: folder)) }
    let path = "\(folder)/data/report.json"
    guard Files.exists(path) else { throw .notAReport(path: folder) }
    let bytes = try ReportFault.files { () throws(FileFault) in try Files.read(path) }
    // The version first: what another one lacks is not damage.
    if case .success(let version) = CanonicalJSON.formatVersion(of: bytes),
      version != ReportJSON.formatVersion
    {
      throw .otherFormat(path: path, version: version, expected: ReportJSON.formatVersion)
    }
    switch CanonicalJSON.decode(AuditSummary.self, from: bytes) {
    case .success(let summary): return summary
    case .failure(let problem): throw .badData(path: path, problem: problem.sentence)
    }
  }
}
