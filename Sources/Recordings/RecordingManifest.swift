import TensorCore

/// `recording.json`: what a recording's tensors mean. Any framework can write it. `ManifestKeys` has every key.
public struct RecordingManifest: Sendable, Codable, Equatable {
  /// The only version that this code reads and writes.
  public static let currentFormatVersion = 1

  /// `currentFormatVersion` in every recording that can be read.
  public var formatVersion: Int
  /// One name a class, in label order.
  public var classNames: [String]
  /// The input's size; every exit's map is compared on this grid.
  public var input: GridSize
  /// 1 (grey) or 3 (colour).
  public var channels: Int
  /// From the earliest to the final one.
  public var exits: [Exit]
  /// How an attention module normalised the maps, one of `AttentionWord`; nil for other maps. Says how overlays scale.
  /// With `mapKind` it says which maps compare.
  public var attentionKind: String?
  /// What the maps are, in at most 60 characters: "attention", "Grad-CAM", "rollout". See `mapWord`.
  public var mapKind: String?
  /// What the model is called, in at most 60 characters.
  public var name: String?
  /// Which part of the data was recorded: "test".
  public var split: String
  /// Where each image came from, one a sample.
  public var identifiers: [String]?
  /// Image files, one a sample, where the tensors hold no images; relative to the recording's folder.
  public var paths: [String]?
  /// Where the recording came from; nil where its writer does not say.
  public var provenance: Provenance?
  /// How long single images took, where that was measured.
  public var latency: MeasuredLatency?

  /// One exit: its maps' size, and what its answer costs.
  public struct Exit: Sendable, Codable, Equatable {
    /// The attention map's size.
    public var grid: GridSize
    /// Multiply–accumulates from the input to this exit's answer: the blocks, and each attention module and
    /// head on the way (a real early stop has to run them). 0 where unknown.
    public var macs: Double
    /// Trained parameters that this exit's answer needs: those of the blocks, attention modules and heads from the
    /// input to it. nil where unknown.
    public var parameters: Int?

    /// `macs` is 0 where the cost is unknown.
    public init(grid: GridSize, macs: Double, parameters: Int? = nil) {
      self.grid = grid
      self.macs = macs
      self.parameters = parameters
    }
  }

  /// Of the current format version, without latency.
  public init(
    classNames: [String], input: GridSize, channels: Int, exits: [Exit], attentionKind: String?,
    mapKind: String? = nil, name: String? = nil, split: String, identifiers: [String]? = nil,
    paths: [String]? = nil,
    provenance: Provenance? = nil
  ) {
    formatVersion = Self.currentFormatVersion
    self.classNames = classNames
    self.input = input
    self.channels = channels
    self.exits = exits
    self.attentionKind = attentionKind
    self.mapKind = mapKind
    self.name = name
    self.split = split
    self.identifiers = identifiers
    self.paths = paths
    self.provenance = provenance
  }
}

/// Where a recording came from. Every field is optional: a report prints "not provided".
public struct Provenance: Sendable, Codable, Equatable {
  /// The program that wrote the recording: "exitlens 0.1.0".
  public var producer: String?
  /// Of the training run; runs of equal seeds are compared as pairs.
  public var seed: UInt64?
  /// The weight of the consistency term; 0 for a baseline.
  public var lambda: Double?
  /// Whether the map that an exit followed (the final one, as a rule) was a constant for the consistency term.
  public var stopGradient: Bool?
  /// Of the training, in the order in which they are printed.
  public var settings: [Setting]?
  /// Machine and libraries: ("BLAS core", "SkylakeX").
  public var environment: [Entry]?
  /// The command that recorded.
  public var command: String?
  /// What was recorded on.
  public var data: DataProvenance?
  /// How the faithfulness tensors were made, in order: ("deletion", "pixels become …").
  public var faithfulness: [Entry]?
  /// Training history, one row an epoch, for the training page.
  public var history: [HistoryRow]?

  /// A name and a text, shown as given; nothing is computed from it.
  public struct Entry: Sendable, Codable, Equatable {
    /// As a report prints it.
    public var name: String
    /// As a report prints it, whole in files.
    public var value: String
    /// A name and a text.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The data that a recording was made from. Every field is optional.
  public struct DataProvenance: Sendable, Codable, Equatable {
    /// What the data are called.
    public var name: String?
    /// SHA-256 of the data that this recording was made from.
    public var hash: String?
    /// Whether the hash equals that of the data trained on.
    public var sameAsTraining: Bool?
    /// Images per class in each part: "training", "validation", "test".
    public var counts: [String: [Int]]?
    /// Files that were left out, with the reason.
    public var skipped: [Entry]?
    /// Groups of identifiers whose pixels are the same in different parts.
    public var duplicatesAcrossSplits: [[String]]?
    /// How the data were read where their owner may think otherwise: ("system folders", "left out …").
    public var notes: [Entry]?
    /// Nothing is known.
    public init() {}
  }

  /// One epoch of a training.
  public struct HistoryRow: Sendable, Codable, Equatable {
    /// From 1.
    public var epoch: Int
    /// In this epoch.
    public var learningRate: Double
    /// The weight of the consistency term in this epoch (warm-up).
    public var lambda: Double
    /// Mean over the epoch's batches of the whole loss.
    public var loss: Double
    /// Mean of 1 − cosine over early exits, before λ.
    public var consistencyLoss: Double
    /// Cross-entropy at each exit.
    public var crossEntropy: [Double]
    /// Per exit, a share 0…1.
    public var trainingAccuracy: [Double]
    /// Empty without a validation part.
    public var validationAccuracy: [Double]

    /// The lists have one entry an exit; `validationAccuracy` may be empty.
    public init(
      epoch: Int, learningRate: Double, lambda: Double, loss: Double, consistencyLoss: Double,
      crossEntropy: [Double], trainingAccuracy: [Double], validationAccuracy: [Double]
    ) {
      self.epoch = epoch
      self.learningRate = learningRate
      self.lambda = lambda
      self.loss = loss
      self.consistencyLoss = consistencyLoss
      self.crossEntropy = crossEntropy
      self.trainingAccuracy = trainingAccuracy
      self.validationAccuracy = validationAccuracy
    }
  }

  /// Nothing is known.
  public init() {}
}
