import FileKit

/// What `data/report.json` says of one audit, as far as two audits are compared by it.
struct AuditSummary: Decodable, Sendable {
  struct Raised: Decodable, Hashable, Sendable {
    var code: String
    var arm: String
    var exit: Int?
  }

  /// One exit of a model, or the mean over its early exits.
  struct Exit: Decodable, Sendable {
    /// From 1; nil for the mean.
    var exit: Int?
    var accuracy: Double
    var accuracyLow, accuracyHigh: Double?
    var cosine, cosineLow, cosineHigh: Double?
    var null: Double?
    var excess, excessLow, excessHigh: Double?
    var centred, centredLow, centredHigh: Double?
    var spread: Double?
  }

  struct EarlyExit: Decodable, Sendable {
    var threshold: Double
    var shares: [Double]
    var accuracy: Double
    var accuracyLow, accuracyHigh: Double?
    /// Multiply–accumulates a sample.
    var meanMacs: Double?
  }

  /// What exit thresholds were chosen for; other numbers of the ledger are compared as tables.
  struct Ledger: Decodable, Sendable {
    struct Choice: Decodable, Sendable {
      var target: String
      var targetValue: Double
    }

    var policies: [String: [Choice]]
  }

  /// An option of training.
  struct Setting: Decodable, Sendable {
    /// nil for one that another program named.
    var key: String?
    /// As printed.
    var name: String
    var value: String

    /// By the key where there is one: what is printed for it may change.
    func isSame(as other: Setting) -> Bool {
      key == other.key && (key != nil || name == other.name)
    }
  }

  struct Arm: Decodable, Sendable {
    var seeds: [UInt64?]
    var lambda: Double?
    var stopGradient: Bool?
    var attentionKind: String?
    var mapKind: String?
    var settings: [Setting]?
    var exits: [Exit]
    var mean: Exit
    var earlyExit: EarlyExit
    /// nil where the report has none.
    var ledger: Ledger?
  }

  struct Arms: Decodable, Sendable {
    var baseline: Arm
    var egt: Arm
  }

  /// EGT − baseline.
  struct Difference: Decodable, Sendable {
    var exit: Int?
    var deltaCosine, low, high: Double?
    var deltaCentred, deltaCentredLow, deltaCentredHigh: Double?
    var deltaAccuracy, deltaAccuracyLow, deltaAccuracyHigh: Double?
  }

  struct Paired: Decodable, Sendable {
    var exits: [Difference]
    var mean: Difference?
    var refusal: String?
  }

  struct Resampling: Decodable, Sendable {
    var resamples: Int
    var seed: UInt64
  }

  /// Of `report.json`; this reads 1.
  static let formatVersion = 1

  var formatVersion: Int
  var generator: String
  var name: String?
  var dataHash: String?
  var samples: Int
  var classNames: [String]
  var bootstrap: Resampling
  var arms: Arms
  var paired: Paired
  var flags: [Raised]

  /// - Parameter folder: a report.
  /// - Throws: where there is no report, or one whose numbers can't be read.
  static func read(_ folder: String) throws(ReportFault) -> AuditSummary {
    guard Files.isFolder(folder) else { throw .file(.missing(path: folder)) }
    let path = "\(folder)/data/report.json"
    guard Files.exists(path) else { throw .notAReport(path: folder) }
    let bytes = try ReportBuilder.folderFault { () throws(FileFault) in try Files.read(path) }
    // The version first: what another one lacks is not damage.
    if case .success(let version) = CanonicalJSON.formatVersion(of: bytes),
      version != formatVersion
    {
      throw .otherFormat(path: path, version: version)
    }
    switch CanonicalJSON.decode(AuditSummary.self, from: bytes) {
    case .success(let summary): return summary
    case .failure(let problem): throw .badData(path: path, problem: problem.sentence)
    }
  }
}
