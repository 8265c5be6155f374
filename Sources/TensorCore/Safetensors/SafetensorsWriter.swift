import FileKit

/// Collects tensors and writes them as one safetensors file, the same bytes for the same tensors.
///
/// The layout is the reference implementation's: wide element types first, then by name; so every
/// tensor is aligned, and Python's `save_file` makes the same file from the same tensors.
public struct SafetensorsWriter {
  private struct Entry {
    var name: String
    var type: SafetensorsType
    var shape: [Int]
    var elements: Elements
  }

  private enum Elements {
    case floats([Float])
    case doubles([Double])
    case int64s([Int64])
    case bytes([UInt8])
    case memory(UnsafeRawBufferPointer)

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
      switch self {
      case .floats(let values): values.withUnsafeBytes(body)
      case .doubles(let values): values.withUnsafeBytes(body)
      case .int64s(let values): values.withUnsafeBytes(body)
      case .bytes(let values): values.withUnsafeBytes(body)
      case .memory(let buffer): body(buffer)
      }
    }
  }

  private let metadata: [String: String]
  private var entries: [Entry] = []

  /// - Parameter metadata: free text for the header.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// Adds an F32 tensor.
  public mutating func add(_ name: String, _ values: [Float], shape: [Int]) {
    append(name, .float32, shape, count: values.count, .floats(values))
  }

  /// Adds an F64 tensor.
  public mutating func add(_ name: String, _ values: [Double], shape: [Int]) {
    append(name, .float64, shape, count: values.count, .doubles(values))
  }

  /// Adds an I64 tensor.
  public mutating func add(_ name: String, _ values: [Int64], shape: [Int]) {
    append(name, .int64, shape, count: values.count, .int64s(values))
  }

  /// Adds a U8 tensor.
  public mutating func add(_ name: String, _ values: [UInt8], shape: [Int]) {
    append(name, .uint8, shape, count: values.count, .bytes(values))
  }

  /// Adds an F32 tensor without copying it: the memory must stay as it is until `write` has returned.
  public mutating func add(_ name: String, memory: UnsafeBufferPointer<Float>, shape: [Int]) {
    append(
      name, .float32, shape, count: memory.count, .memory(UnsafeRawBufferPointer(memory)))
  }

  /// Writes the file: a temporary file beside it, then a rename.
  public func write(to path: String) throws(SafetensorsFault) {
    try wrapping(SafetensorsFault.file) { () throws(FileFault) in
      try withPieces { pieces throws(FileFault) in try Files.write(pieces, to: path) }
    }
  }

  /// Writes the file into a folder whose other files may be somebody else's, together with others.
  package func write(
    to files: OwnedFiles, as name: String, with others: [OwnedFiles.File] = []
  ) throws(FileFault) {
    try withPieces { pieces throws(FileFault) in
      try files.write([(name, .pieces(pieces))] + others)
    }
  }

  private func withPieces(
    _ body: ([UnsafeRawBufferPointer]) throws(FileFault) -> Void
  ) throws(FileFault) {
    let ordered = ordered()
    let header = Self.header(ordered, metadata: metadata)
    let result = header.withUnsafeBytes { Self.open(ordered[...], after: [$0], body) }
    try result.get()
  }

  /// The file's bytes, for callers that put them elsewhere.
  public func encoded() -> [UInt8] {
    let ordered = ordered()
    var result = Self.header(ordered, metadata: metadata)
    for entry in ordered { entry.elements.withBytes { result.append(contentsOf: $0) } }
    return result
  }

  private mutating func append(
    _ name: String, _ type: SafetensorsType, _ shape: [Int], count: Int, _ elements: Elements
  ) {
    precondition(name != SafetensorsHeader.metadataKey, "\(name) cannot name a tensor")
    precondition(!entries.contains { $0.name == name }, "tensor \(name) was added twice")
    precondition(
      shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == count,
      "tensor \(name) of shape \(shape) needs \(shape.reduce(1, *)) elements, got \(count)")
    entries.append(Entry(name: name, type: type, shape: shape, elements: elements))
  }

  private func ordered() -> [Entry] {
    let rank = Dictionary(
      uniqueKeysWithValues: SafetensorsType.allCases.enumerated().map { ($1, $0) })
    return entries.sorted {
      $0.type == $1.type
        ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) : rank[$0.type]! > rank[$1.type]!
    }
  }

  /// The length word and the header, padded with spaces to a multiple of 8.
  private static func header(_ entries: [Entry], metadata: [String: String]) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.keys.sorted().map { "\(quoted($0)):\(quoted(metadata[$0]!))" }
      members.append("\(quoted(SafetensorsHeader.metadataKey)):{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    for entry in entries {
      let shape = entry.shape.map(String.init).joined(separator: ",")
      let end = offset + entry.shape.reduce(entry.type.byteCount, *)
      members.append(
        "\(quoted(entry.name)):{\"dtype\":\"\(entry.type.rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
  }

  /// Opens one array after another, so that no tensor is copied, and hands them on when all are open.
  private static func open(
    _ rest: ArraySlice<Entry>, after pieces: [UnsafeRawBufferPointer],
    _ body: ([UnsafeRawBufferPointer]) throws(FileFault) -> Void
  ) -> Result<Void, FileFault> {
    guard let entry = rest.first else {
      return Result { () throws(FileFault) in
        // An empty array has no address, and nothing to write.
        try body(pieces.filter { !$0.isEmpty })
      }
    }
    return entry.elements.withBytes { open(rest.dropFirst(), after: pieces + [$0], body) }
  }

  /// A JSON string, escaped as the reference implementation does.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{8}": result += "\\b"
      case "\u{c}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
