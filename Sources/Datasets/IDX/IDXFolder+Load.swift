import ImageCodec

extension IDXFolder {
  /// Reads the files and makes a dataset of the chosen classes' images.
  func load(
    name: String, location: String, options: DatasetOptions, progress: ((Int, Int) -> Void)?
  ) throws(DatasetFault) -> ImageDataset {
    var files: [IDXFile] = []
    var contents: [ArraySlice<UInt8>] = []
    var blocks: [ImageArrays.Block] = []
    for pair in pairs {
      let images = try IDXFile(pair.images, rank: 3)
      let labels = try IDXFile(pair.labels, rank: 1)
      guard labels.count == images.count else {
        throw .badIDX(
          pair.labels, what: "as many labels as images,", expected: "\(images.count)",
          got: "\(labels.count)")
      }
      if let first = files.first, first.dimensions.dropFirst() != images.dimensions.dropFirst() {
        throw .badIDX(
          pair.images, what: "images of", expected: Self.size(first), got: Self.size(images))
      }
      files.append(images)
      blocks.append(
        .init(
          name: pair.name, part: pair.part, labels: try labels.data().map { Int($0) },
          labelPath: pair.labels.text))
      contents.append(try images.data())
    }
    let height = files[0].dimensions[1]
    let width = files[0].dimensions[2]
    let arrays = ImageArrays(
      kind: IDXFile.kind, blocks: blocks, labelNames: labelNames, height: height, width: width,
      channels: 1)
    return try arrays.load(name: name, location: location, options: options, progress: progress) {
      [contents] _ in
      { origin in
        let pixels = contents[origin.block]
        let start = pixels.startIndex + origin.index * height * width
        return PixelImage(
          width: width, height: height, channels: 1,
          pixels: Array(pixels[start..<start + height * width]))
      }
    }
  }

  private static func size(_ file: IDXFile) -> String {
    "\(file.dimensions[1])×\(file.dimensions[2])"
  }
}
