import ImageCodec
import TensorCore

extension IDXFolder {
  /// Reads the files and makes a dataset of the chosen classes' images.
  func load(
    name: String, location: String, options: DatasetOptions, progress: ((Int, Int) -> Void)?
  ) throws(DatasetFault) -> ImageDataset {
    var sets: [IDXFile] = []
    var labels: [[Int]] = []
    for pair in pairs {
      let images = try IDXFile(pair.images, rank: 3)
      let file = try IDXFile(pair.labels, rank: 1)
      guard file.count == images.count else {
        throw .badIDX(
          path: pair.labels.text, what: "as many labels as images,", expected: "\(images.count)",
          got: "\(file.count)")
      }
      if let first = sets.first, first.dimensions.dropFirst() != images.dimensions.dropFirst() {
        throw .badIDX(
          path: pair.images.text, what: "images of", expected: Self.size(first),
          got: Self.size(images))
      }
      sets.append(images)
      labels.append(file.bytes[file.offset...].map { Int($0) })
    }

    let classes = try classes(labels)
    let choice = try ClassChoice(options.classes, of: classes.names, at: location)
    // Where each image that takes part lies: which file, which image of it.
    var origins: [(set: Int, index: Int)] = []
    var newLabels: [Int] = []
    for set in sets.indices {
      for (index, label) in labels[set].enumerated() {
        guard let newLabel = choice.newLabel(of: classes.position[label]!) else { continue }
        origins.append((set, index))
        newLabels.append(newLabel)
      }
    }
    let source = LabelledImages(
      name: name, location: location, classNames: choice.labels.map { classes.names[$0] },
      labels: newLabels, identifiers: origins.map { "\(pairs[$0.set].name)/\($0.index)" },
      parts: origins.map { pairs.count == 1 ? nil : pairs[$0.set].part })
    let plan = try SplitPlan(source, options: options)

    let height = sets[0].dimensions[1]
    let width = sets[0].dimensions[2]
    let resampler = ImageResampler(
      sourceWidth: width, sourceHeight: height, targetWidth: options.size,
      targetHeight: options.size)
    let pixelCount = options.size * options.size
    let channels = options.colorMode == .rgb ? 3 : 1
    return DatasetAssembler.assemble(
      source, plan: plan, size: GridSize(height: options.size, width: options.size),
      channels: channels, progress: progress
    ) { [origins, sets] index, target in
      let origin = origins[index]
      let file = sets[origin.set]
      file.bytes.withUnsafeBufferPointer { bytes in
        let image = bytes.baseAddress! + file.offset + origin.index * height * width
        resampler.resample(image, channels: 1, into: target)
      }
      if channels == 3 {
        // From the back, so that no grey is overwritten before it is read.
        for pixel in stride(from: pixelCount - 1, through: 0, by: -1) {
          let value = target[pixel]
          for channel in 0..<3 { target[pixel * 3 + channel] = value }
        }
      }
    }
  }

  /// The classes: those named, or where there are no names the labels that occur in training.
  private func classes(
    _ labels: [[Int]]
  ) throws(DatasetFault) -> (names: [String], position: [Int: Int]) {
    let known = labelNames.map { Set($0.indices) } ?? Set(labels[0])
    for (pair, labels) in zip(pairs, labels) {
      guard let index = labels.firstIndex(where: { !known.contains($0) }) else { continue }
      throw .badIDX(
        path: pair.labels.text, what: "labels",
        expected: labelNames.map { "0 to \($0.count - 1)" } ?? "that occur in training",
        got: "\(labels[index]) at image \(index)")
    }
    let ordered = known.sorted()
    return (
      labelNames ?? ordered.map(String.init),
      Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
    )
  }

  private static func size(_ file: IDXFile) -> String {
    "\(file.dimensions[1])×\(file.dimensions[2])"
  }
}
