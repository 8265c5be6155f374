import ImageCodec

/// CIFAR-10's binary files (A. Krizhevsky, 2009): `data_batch_1.bin` … and `test_batch.bin`, without
/// which the test part is drawn from training. A record is a label byte and 32×32 pixels, first all
/// reds, then all greens, then all blues. `batches.meta.txt` (or `classes.txt`) names the classes.
struct CIFARFolder {
  private static let kind = "CIFAR-10 file"
  private static let side = 32
  private static let planeSize = side * side
  private static let recordSize = 1 + 3 * planeSize

  private let files: [(name: String, part: DatasetPart, path: BytePath)]
  private let labelNames: LabelNames?

  /// Nil where the folder holds none of the files.
  init?(_ root: BytePath) throws(DatasetFault) {
    let names = try root.fileNames()
    let batches = names.filter { $0.hasPrefix("data_batch_") && $0.hasSuffix(".bin") }
    let test = names.filter { $0 == "test_batch.bin" }
    guard !batches.isEmpty || !test.isEmpty else { return nil }
    guard !batches.isEmpty else {
      throw .missingFile(kind: Self.kind, path: root.text, expected: "data_batch_1.bin")
    }
    files = (batches.map { ($0, .training) } + test.map { ($0, .test) }).map { name, part in
      (String(name.dropLast(4)), part, root.appending(Array(name.utf8)))
    }
    labelNames = try LabelNames.first(of: ["batches.meta.txt", "classes.txt"], in: root)
  }

  /// Reads the files and makes a dataset of the chosen classes' images.
  func load(
    name: String, location: String, options: DatasetOptions, progress: ((Int, Int) -> Void)?
  ) throws(DatasetFault) -> ImageDataset {
    var contents: [[UInt8]] = []
    var blocks: [ImageArrays.Block] = []
    for file in files {
      let bytes = try Self.records(file.path)
      contents.append(bytes)
      blocks.append(
        .init(
          name: file.name, part: file.part,
          labels: stride(from: 0, to: bytes.count, by: Self.recordSize).map { Int(bytes[$0]) },
          labelPath: file.path.text))
    }
    let arrays = ImageArrays(
      kind: Self.kind, blocks: blocks, labelNames: labelNames, height: Self.side,
      width: Self.side, channels: 3)
    return try arrays.load(name: name, location: location, options: options, progress: progress) {
      [contents] _ in
      { origin in Self.image(contents[origin.block], origin.index) }
    }
  }

  private static func records(_ path: BytePath) throws(DatasetFault) -> [UInt8] {
    let bytes = try path.contents()
    guard !bytes.isEmpty, bytes.count.isMultiple(of: recordSize) else {
      throw .damaged(
        kind: kind, path: path.text, what: "records of", expected: "\(recordSize) bytes",
        got: "\(bytes.count) bytes, which is no multiple of that")
    }
    return bytes
  }

  private static func image(_ records: [UInt8], _ index: Int) -> PixelImage {
    let start = index * recordSize + 1
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * planeSize) { buffer, count in
      for channel in 0..<3 {
        for pixel in 0..<planeSize {
          buffer[pixel * 3 + channel] = records[start + channel * planeSize + pixel]
        }
      }
      count = 3 * planeSize
    }
    return PixelImage(width: side, height: side, channels: 3, pixels: pixels)
  }
}
