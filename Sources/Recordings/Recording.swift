import TensorCore

/// What a network answered on a set of images, and where each exit looked: the hinge between training and audit.
public struct Recording: Sendable {
  /// What the tensors mean.
  public var manifest: RecordingManifest
  /// [sampleCount]
  public var labels: [Int]
  /// Per exit, [sampleCount, classCount].
  public var logits: [[Float]]
  /// Per exit, [sampleCount, grid.height, grid.width]. Left in the file where there is one: see `SampleTensor`, and
  /// `SampleBlock` for reading all exits' maps of some samples.
  public var attention: [MapTensor]
  /// [sampleCount, input.height, input.width, channels], 8 bits; nil where the manifest gives paths instead. Left in
  /// the file where there is one.
  public var images: ImageTensor?
  /// The same network's answers on the validation part, on which thresholds and temperatures are chosen; nil where
  /// they were not recorded.
  public var validation: Answers?
  /// How faithful the maps are, measured on some samples; nil where that was not recorded.
  public var faithfulness: RecordedFaithfulness?
  /// The folder that it was read from; nil for one made in memory.
  public var folder: String?

  /// A recording in memory.
  public init(
    manifest: RecordingManifest, labels: [Int], logits: [[Float]], attention: [[Float]],
    images: [UInt8]?, validation: Answers? = nil, folder: String? = nil
  ) {
    self.init(
      manifest: manifest, labels: labels, logits: logits, tensors: attention.map { MapTensor($0) },
      images: images.map { ImageTensor($0) }, validation: validation, folder: folder)
  }

  init(
    manifest: RecordingManifest, labels: [Int], logits: [[Float]], tensors attention: [MapTensor],
    images: ImageTensor?, validation: Answers?, folder: String?
  ) {
    self.manifest = manifest
    self.labels = labels
    self.logits = logits
    self.attention = attention
    self.images = images
    self.validation = validation
    self.folder = folder
  }

  /// What every exit answered on some images.
  public struct Answers: Sendable, Equatable {
    /// [count]
    public var labels: [Int]
    /// Per exit, [count, classCount].
    public var logits: [[Float]]

    /// `logits` has one entry an exit, each [samples, classes].
    public init(labels: [Int], logits: [[Float]]) {
      self.labels = labels
      self.logits = logits
    }

    /// Samples.
    public var count: Int { labels.count }
  }

  /// Samples of the recorded part.
  public var sampleCount: Int { labels.count }
  /// Exits, the final one counted.
  public var exitCount: Int { manifest.exits.count }
  /// Classes of every exit's answer.
  public var classCount: Int { manifest.classNames.count }

  /// A sample's pixels, [input.height, input.width, channels]; nil where the recording has paths instead.
  public func pixels(of sample: Int) throws(RecordingFault) -> [UInt8]? {
    let size = manifest.input.count * manifest.channels
    return try images?.elements(sample * size..<(sample + 1) * size)
  }

  /// Where a sample's image file lies, for a recording that has paths instead of images.
  public func imagePath(of sample: Int) -> String? {
    guard let path = manifest.paths?[sample] else { return nil }
    guard let folder, !path.hasPrefix("/") else { return path }
    return "\(folder)/\(path)"
  }
}
