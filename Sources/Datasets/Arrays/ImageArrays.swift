import ImageCodec
import TensorCore

/// Images of one size that lie one after another, a label each: what IDX files, CIFAR-10's batches
/// and MedMNIST's archives have in common.
struct ImageArrays: Sendable {
  /// One array. Its images are called "name/0", "name/1", ….
  struct Block: Sendable {
    var name: String
    var part: DatasetPart?
    /// As the file has them.
    var labels: [Int]
    /// The file that the labels are in, for error messages.
    var labelPath: String
  }

  /// Where an image lies: which block, which image of it.
  struct Origin: Sendable, Hashable {
    var block: Int
    var index: Int
  }

  /// What error messages call a file: "IDX file".
  var kind: String
  /// Training first. Where there is one only, its images are split whatever its part.
  var blocks: [Block]
  /// Names by label, or nil where the files do not tell: labels are then their own names.
  var labelNames: LabelNames?
  var height: Int
  var width: Int
  /// 1 or 3.
  var channels: Int

  /// Makes a dataset of the chosen classes' images.
  /// - Parameter open: makes the images of these places readable, of no others. What it returns is
  ///   called from several threads at a time.
  func load(
    name: String, location: String, options: DatasetOptions, progress: ((Int, Int) -> Void)?,
    open: (Set<Origin>) throws(DatasetFault) -> @Sendable (Origin) -> PixelImage
  ) throws(DatasetFault) -> ImageDataset {
    let classes = try classes()
    let choice = try ClassChoice(options.classes, of: classes.names, at: location)
    var origins: [Origin] = []
    var labels: [Int] = []
    for (block, content) in blocks.enumerated() {
      for (index, label) in content.labels.enumerated() {
        guard let newLabel = choice.newLabel(of: classes.position[label]!) else { continue }
        origins.append(Origin(block: block, index: index))
        labels.append(newLabel)
      }
    }
    let source = LabelledImages(
      name: name, location: location, classNames: choice.labels.map { classes.names[$0] },
      labels: labels, identifiers: origins.map { "\(blocks[$0.block].name)/\($0.index)" },
      parts: origins.map { blocks.contains { $0.part != .training } ? blocks[$0.block].part : nil })
    let plan = try SplitPlan(source, options: options)

    let planned = DatasetPart.allCases.flatMap { plan.indices(of: $0) }
    let image = try open(Set(planned.map { origins[$0] }))
    let colored =
      switch options.colorMode {
      case .grey: false
      case .rgb: true
      case .automatic: channels == 3 && planned.contains { !image(origins[$0]).isGrey }
      }
    let resampler = ImageResampler(
      sourceWidth: width, sourceHeight: height, targetWidth: options.size,
      targetHeight: options.size)
    return DatasetAssembler.assemble(
      source, plan: plan, size: GridSize(height: options.size, width: options.size),
      channels: colored ? 3 : 1, notes: classes.notes, progress: progress
    ) { [origins] index, target in
      let original = image(origins[index])
      let converted = colored ? original.rgb() : original.grey()
      converted.pixels.withUnsafeBufferPointer {
        resampler.resample($0.baseAddress!, channels: converted.channels, into: target)
      }
    }
  }

  /// The classes: those named that have an image, or where there are no names the labels that occur in training.
  ///
  /// A names file may belong to the whole of a set that is here in part; its other names get no label, and a note.
  private func classes() throws(DatasetFault) -> (
    names: [String], position: [Int: Int], notes: [DatasetSummary.Note]
  ) {
    let training = blocks.filter { $0.part == blocks[0].part }
    let names = labelNames?.names
    let known = names.map { Set($0.indices) } ?? Set(training.flatMap(\.labels))
    for block in blocks {
      guard let index = block.labels.firstIndex(where: { !known.contains($0) }) else { continue }
      if let names = labelNames, let path = names.path, let greatest = block.labels.max(),
        greatest >= names.names.count
      {
        throw .tooFewNames(
          path: path, names: names.names.count, needed: greatest + 1, labels: block.labelPath)
      }
      throw .damaged(
        kind: kind, path: block.labelPath, what: "labels",
        expected: names.map { "0 to \($0.count - 1)" } ?? "that occur in training",
        got: "\(block.labels[index]) at image \(index)")
    }
    let used = Set(blocks.flatMap(\.labels)).sorted()
    let unused = known.subtracting(used).sorted().map { names![$0] }
    let note = DatasetSummary.Note(
      "classes without images",
      "\(unused.count) of \(known.count) named classes have no image and take no part: "
        + DatasetFault.list(unused))
    return (
      used.map { names?[$0] ?? String($0) },
      Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) }),
      unused.isEmpty ? [] : [note]
    )
  }
}
