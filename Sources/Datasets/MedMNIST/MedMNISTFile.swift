import ImageCodec

/// A MedMNIST archive (J. Yang and others, 2023), or any of its form: 8-bit `train_images` of
/// [count, height, width] or [count, height, width, 3] with one label each in `train_labels`, and the
/// same with `val` and `test` (without a test part it is drawn from training). Class names come from
/// `NAME.classes.txt` beside `NAME.npz`.
struct MedMNISTFile {
  private static let parts: [(String, DatasetPart)] = [
    ("train", .training), ("val", .validation), ("test", .test),
  ]

  private let path: BytePath

  /// Nil where the file's name does not end in `.npz`.
  init?(_ path: BytePath) {
    guard path.hasSuffix(".npz") else { return nil }
    self.path = path
  }

  /// Reads the labels, then the images that take part, and makes a dataset of them.
  func load(
    name: String, location: String, options: DatasetOptions, progress: ((Int, Int) -> Void)?
  ) throws(DatasetFault) -> ImageDataset {
    let archive = try NumPyArchive(path)
    var blocks: [ImageArrays.Block] = []
    var shape: [Int] = []
    for (part, datasetPart) in Self.parts {
      guard let images = try archive.stream("\(part)_images") else { continue }
      guard let labels = try archive.stream("\(part)_labels") else {
        throw .missingFile(
          kind: "array", path: path.text, expected: "\(part)_labels.npy beside \(images.name).npy")
      }
      let count = try NumPyImages.shape(images, path: path.text, expected: shape)[0]
      if shape.isEmpty { shape = Array(images.header.shape.dropFirst()) }
      blocks.append(
        .init(
          name: part, part: datasetPart,
          labels: try NumPyLabels.read(labels, count: count, path: path.text),
          labelPath: path.text))
    }
    guard blocks.first?.part == .training else {
      throw .missingFile(
        kind: "array", path: path.text, expected: "train_images.npy and train_labels.npy")
    }
    let stem = path.bytes.dropLast(4)
    let names = BytePath(bytes: stem + Array(".classes.txt".utf8))
    let channels = shape.count == 3 ? shape[2] : 1
    let arrays = ImageArrays(
      kind: NumPyArchive.kind, blocks: blocks,
      labelNames: names.kind == .file ? try LabelNames(names) : nil, height: shape[0],
      width: shape[1], channels: channels)
    return try arrays.load(name: name, location: location, options: options, progress: progress) {
      wanted throws(DatasetFault) in
      var images: [ImageArrays.Origin: PixelImage] = [:]
      for (block, content) in blocks.enumerated() {
        guard let stream = try archive.stream("\(content.name)_images") else { continue }
        for index in content.labels.indices {
          var pixels = [UInt8](repeating: 0, count: shape.reduce(1, *))
          try stream.read(into: &pixels)
          let origin = ImageArrays.Origin(block: block, index: index)
          guard wanted.contains(origin) else { continue }
          images[origin] = PixelImage(
            width: shape[1], height: shape[0], channels: channels, pixels: pixels)
        }
        try stream.finish()
      }
      return { [images] origin in images[origin]! }
    }
  }
}
