/// Images of a NumPy array.
enum NumPyImages {
  /// The shape of an array of images: [count, height, width] or [count, height, width, channels].
  /// - Parameter expected: [height, width] or [height, width, channels] of another part, or empty.
  static func shape(
    _ array: NumPyArchive.Stream, path: String, expected: [Int]
  ) throws(DatasetFault) -> [Int] {
    let header = array.header
    let shape = header.shape
    func text(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "×") }
    guard header.type == "|u1", !header.columnMajor else {
      throw .unsupported(
        kind: "array", path: path, expected: "\(array.name) of 8-bit numbers (|u1) in row order",
        got: header.columnMajor ? "column order" : header.type)
    }
    let isImages = shape.count == 3 || shape.count == 4 && (shape[3] == 1 || shape[3] == 3)
    guard isImages, shape.allSatisfy({ $0 > 0 }), header.count != nil else {
      throw .unsupported(
        kind: "array", path: path,
        expected: "\(array.name) of count×height×width, or the same with 1 or 3 channels",
        got: text(shape))
    }
    guard expected.isEmpty || Array(shape.dropFirst()) == expected else {
      throw .damaged(
        kind: NumPyArchive.kind, path: path, what: "\(array.name) of images of",
        expected: text(expected), got: text(Array(shape.dropFirst())))
    }
    try array.checkSize(elementSize: 1)
    return shape
  }
}

/// Labels of a NumPy array.
enum NumPyLabels {
  /// One integer an image, from an array of [count] or [count, 1].
  static func read(
    _ array: NumPyArchive.Stream, count: Int, path: String
  ) throws(DatasetFault) -> [Int] {
    let header = array.header
    guard let size = header.integerSize else {
      throw .unsupported(
        kind: "array", path: path, expected: "\(array.name) of integers", got: header.type)
    }
    guard header.shape.count < 2 || header.shape.dropFirst() == [1] else {
      throw .unsupported(
        kind: "array", path: path, expected: "\(array.name) with one label an image",
        got: "\(header.shape.dropFirst().reduce(1, *)): a multi-label set")
    }
    guard header.shape.first == count else {
      throw .damaged(
        kind: NumPyArchive.kind, path: path, what: "\(array.name): as many labels as images,",
        expected: "\(count)", got: "\(header.shape.first ?? 0)")
    }
    try array.checkSize(elementSize: size)
    var bytes = [UInt8](repeating: 0, count: count * size)
    try array.read(into: &bytes)
    try array.finish()
    let signed = header.type.contains("i")
    let labels = (0..<count).map { index in
      let word = bytes[index * size..<(index + 1) * size].reversed()
        .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      // To the top, so that the sign of a short number is that of a long one.
      let unused = 64 - 8 * size
      return signed
        ? Int(Int64(bitPattern: word << unused) >> unused) : Int(truncatingIfNeeded: word)
    }
    if let index = labels.firstIndex(where: { $0 < 0 }) {
      throw .damaged(
        kind: NumPyArchive.kind, path: path, what: "labels from", expected: "0",
        got: "\(labels[index]) at image \(index) of \(array.name)")
    }
    return labels
  }
}
