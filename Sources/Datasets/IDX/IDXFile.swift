import FileKit

/// One file of the IDX format (Y. LeCun's MNIST): a magic number 0x0000TTDD (type, number of
/// dimensions), big-endian sizes, then the data.
struct IDXFile {
  /// What error messages call one.
  static let kind = "IDX file"

  /// Sizes, first the number of items.
  let dimensions: [Int]
  /// The whole file, inflated; the data start at `offset`.
  let bytes: [UInt8]
  let offset: Int

  var count: Int { dimensions[0] }

  /// - Parameter rank: how many dimensions of bytes (type 0x08) are expected.
  init(_ path: BytePath, rank: Int) throws(DatasetFault) {
    let name = path.text
    var bytes = try path.contents()
    // Told by the content: some tools inflate a file and leave its name.
    if bytes.starts(with: [0x1F, 0x8B]) {
      do throws(FileFault) {
        bytes = try Gzip.inflate(bytes, path: name)
      } catch {
        throw .file(error)
      }
    }
    func word(_ index: Int) -> Int {
      bytes[index * 4..<index * 4 + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    let offset = 4 + rank * 4
    guard bytes.count >= offset else {
      throw .badIDX(
        path, what: "a header of", expected: "\(offset) bytes", got: "\(bytes.count)")
    }
    guard word(0) == 0x0800 + rank else {
      throw .badIDX(
        path, what: "magic number", expected: "0x\(String(0x0800 + rank, radix: 16))",
        got: "0x\(String(word(0), radix: 16))")
    }
    let dimensions = (1...rank).map(word)
    let shape = dimensions.map(String.init).joined(separator: "×")
    guard dimensions.allSatisfy({ $0 > 0 }) else {
      throw .badIDX(path, what: "sizes above", expected: "0", got: shape)
    }
    var size = 1
    for dimension in dimensions {
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      size = overflow ? Int.max / 2 : product
    }
    guard bytes.count - offset == size else {
      throw .badIDX(
        path, what: "\(shape) =", expected: "\(size) bytes of data",
        got: "\(bytes.count - offset)")
    }
    self.dimensions = dimensions
    self.bytes = bytes
    self.offset = offset
  }
}

extension DatasetFault {
  static func badIDX(_ path: BytePath, what: String, expected: String, got: String) -> Self {
    .damaged(kind: IDXFile.kind, path: path.text, what: what, expected: expected, got: got)
  }
}
