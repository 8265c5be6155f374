import FileKit

/// One file of the IDX format (Y. LeCun's MNIST): a magic number 0x0000TTDD (type, number of
/// dimensions), big-endian sizes, then the data.
///
/// A compressed file is inflated for its data alone, and no further than its header says.
struct IDXFile {
  /// What error messages call one.
  static let kind = "IDX file"

  /// Sizes, first the number of items.
  let dimensions: [Int]
  private let path: BytePath
  /// As they lie in the file.
  private let stored: [UInt8]
  private let isCompressed: Bool
  /// Bytes of the header, and of the data that it announces.
  private let offset: Int
  private let size: Int

  var count: Int { dimensions[0] }

  /// Reads the header.
  /// - Parameter rank: how many dimensions of bytes (type 0x08) are expected.
  init(_ path: BytePath, rank: Int) throws(DatasetFault) {
    self.path = path
    stored = try path.contents()
    // Told by the content: some tools inflate a file and leave its name.
    isCompressed = stored.starts(with: [0x1F, 0x8B])
    offset = 4 + rank * 4
    let header = try Self.header(stored, isCompressed, offset, path)
    func word(_ index: Int) -> Int {
      header[index * 4..<index * 4 + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    guard header.count == offset else {
      throw .badIDX(
        path, what: "a header of", expected: "\(offset) bytes", got: "\(header.count)")
    }
    guard word(0) == 0x0800 + rank else {
      throw .badIDX(
        path, what: "magic number", expected: "0x\(String(0x0800 + rank, radix: 16))",
        got: "0x\(String(word(0), radix: 16))")
    }
    dimensions = (1...rank).map(word)
    guard dimensions.allSatisfy({ $0 > 0 }) else {
      throw .badIDX(path, what: "sizes above", expected: "0", got: Self.shape(dimensions))
    }
    size = dimensions.reduce(1) { size, dimension in
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      return overflow ? Int.max / 2 : min(product, Int.max / 2)
    }
  }

  /// The data, one byte an element.
  func data() throws(DatasetFault) -> ArraySlice<UInt8> {
    var bytes = stored
    if isCompressed {
      bytes = try wrapping(DatasetFault.file) { () throws(FileFault) in
        try Gzip.inflate(stored, path: path.text, size: offset + size)
      }
    }
    guard bytes.count - offset == size else {
      throw .badIDX(
        path, what: "\(Self.shape(dimensions)) =", expected: "\(size) bytes of data",
        got: "\(bytes.count - offset)")
    }
    return bytes[offset...]
  }

  private static func header(
    _ stored: [UInt8], _ isCompressed: Bool, _ size: Int, _ path: BytePath
  ) throws(DatasetFault) -> [UInt8] {
    guard isCompressed else { return Array(stored.prefix(size)) }
    return try wrapping(DatasetFault.file) { () throws(FileFault) in
      try Gzip.prefix(size, of: stored, path: path.text)
    }
  }

  private static func shape(_ dimensions: [Int]) -> String {
    dimensions.map(String.init).joined(separator: "×")
  }
}

extension DatasetFault {
  static func badIDX(_ path: BytePath, what: String, expected: String, got: String) -> Self {
    .damaged(kind: IDXFile.kind, path: path.text, what: what, expected: expected, got: got)
  }
}
