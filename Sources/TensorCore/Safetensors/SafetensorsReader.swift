import FileKit

/// A safetensors file, its header checked whole: <https://github.com/huggingface/safetensors>.
///
/// The file is an 8-byte little-endian header length, a JSON header and the tensors' elements,
/// little-endian and row by row. Elements are read when they are asked for, all of a tensor's or some,
/// and come out in the type that the caller asks for.
public struct SafetensorsReader: Sendable {
  /// The file, for messages.
  public let path: String
  /// The free text of the header.
  public let metadata: [String: String]
  /// By name.
  public let tensors: [String: SafetensorsTensor]

  private let source: Source
  private let dataStart: Int

  private enum Source {
    case memory([UInt8])
    case file(OpenFile)

    var byteCount: Int {
      switch self {
      case .memory(let bytes): bytes.count
      case .file(let file): file.byteCount
      }
    }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(SafetensorsFault) {
      switch self {
      case .memory(let bytes):
        bytes.withUnsafeBytes {
          buffer.copyMemory(
            from: UnsafeRawBufferPointer(rebasing: $0[offset...].prefix(buffer.count)))
        }
      case .file(let file):
        try wrapping(SafetensorsFault.file) { () throws(FileFault) in
          try file.read(at: offset, into: buffer)
        }
      }
    }

    func bytes(_ range: Range<Int>) throws(SafetensorsFault) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: range.count)
      // A closure that throws a type of its own cannot pass through `withUnsafeMutableBytes`.
      let result = bytes.withUnsafeMutableBytes { buffer in
        Result { () throws(SafetensorsFault) in try read(at: range.lowerBound, into: buffer) }
      }
      try result.get()
      return bytes
    }
  }

  /// Opens a file, which stays open as long as this value or a copy of it lives, and checks its header.
  public init(path: String) throws(SafetensorsFault) {
    let file: OpenFile
    do throws(FileFault) { file = try OpenFile(path) } catch { throw .file(error) }
    try self.init(.file(file), path: path)
  }

  /// Checks a file that is in memory.
  /// - Parameter path: its name in messages.
  public init(contents: [UInt8], path: String) throws(SafetensorsFault) {
    try self.init(.memory(contents), path: path)
  }

  private init(_ source: Source, path: String) throws(SafetensorsFault) {
    guard source.byteCount >= 8 else { throw .tooShort(path: path, bytes: source.byteCount) }
    let length = try source.bytes(0..<8).withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self))
    }
    guard length <= SafetensorsHeader.lengthLimit else {
      throw .headerTooLong(path: path, length: length, limit: SafetensorsHeader.lengthLimit)
    }
    let start = 8 + Int(length)
    guard start <= source.byteCount else {
      throw .headerBeyondFile(path: path, length: Int(length), available: source.byteCount - 8)
    }
    let header = try SafetensorsHeader(
      try source.bytes(8..<start)[...], dataLength: source.byteCount - start, path: path)
    self.path = path
    self.source = source
    dataStart = start
    metadata = header.metadata
    tensors = header.tensors
  }

  /// The tensors' names, sorted.
  public var names: [String] { tensors.keys.sorted() }

  /// What the header says about a tensor.
  public func tensor(named name: String) throws(SafetensorsFault) -> SafetensorsTensor {
    guard let tensor = tensors[name] else {
      throw .missingTensor(path: path, name: name, present: names)
    }
    return tensor
  }

  /// The elements of a floating-point tensor (F16, BF16, F32 or F64), rounded to Float.
  /// - Parameter shape: what the caller needs; nil takes any.
  public func floats(
    named name: String, shape: [Int]? = nil
  ) throws(SafetensorsFault) -> [Float] {
    let tensor = try tensor(named: name, shape: shape)
    return try array(tensor.count) { base throws(SafetensorsFault) in
      try read(0..<tensor.count, of: tensor, into: base)
    }
  }

  /// The elements of an integer tensor of any width, or of a BOOL tensor as 0 and 1.
  /// - Parameter shape: what the caller needs; nil takes any.
  public func int64s(
    named name: String, shape: [Int]? = nil
  ) throws(SafetensorsFault) -> [Int64] {
    let tensor = try tensor(named: name, shape: shape)
    switch tensor.type {
    case .bool: return try elements(tensor, as: UInt8.self) { $0 == 0 ? 0 : 1 }
    case .uint8: return try elements(tensor, as: UInt8.self) { Int64($0) }
    case .int8: return try elements(tensor, as: Int8.self) { Int64($0) }
    case .int16: return try elements(tensor, as: Int16.self) { Int64($0) }
    case .uint16: return try elements(tensor, as: UInt16.self) { Int64($0) }
    case .int32: return try elements(tensor, as: Int32.self) { Int64($0) }
    case .uint32: return try elements(tensor, as: UInt32.self) { Int64($0) }
    case .int64: return try elements(tensor)
    case .uint64:
      let values: [UInt64] = try elements(tensor)
      if let index = values.firstIndex(where: { $0 > UInt64(Int64.max) }) {
        throw .integerTooLarge(path: path, tensor: name, index: index, value: values[index])
      }
      return values.map { Int64($0) }
    case .float16, .bfloat16, .float32, .float64:
      throw .wrongType(path: path, tensor: name, expected: "an integer type", got: tensor.type)
    }
  }

  /// The elements of a U8 or BOOL tensor.
  /// - Parameter shape: what the caller needs; nil takes any.
  public func bytes(
    named name: String, shape: [Int]? = nil
  ) throws(SafetensorsFault) -> [UInt8] {
    let tensor = try tensor(named: name, shape: shape)
    guard tensor.type == .uint8 || tensor.type == .bool else {
      throw .wrongType(path: path, tensor: name, expected: "U8", got: tensor.type)
    }
    return try elements(tensor)
  }

  private func tensor(
    named name: String, shape: [Int]?
  ) throws(SafetensorsFault) -> SafetensorsTensor {
    let tensor = try tensor(named: name)
    if let shape, shape != tensor.shape {
      throw .wrongShape(path: path, tensor: name, expected: shape, got: tensor.shape)
    }
    return tensor
  }

  /// Bytes of the data section.
  func readBytes(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SafetensorsFault) {
    try source.read(at: dataStart + offset, into: buffer)
  }

  /// The elements as they lie in the file. Only for types of fixed layout, on a little-endian machine,
  /// as every machine that Swift runs on.
  private func elements<Element: BitwiseCopyable>(
    _ tensor: SafetensorsTensor
  ) throws(SafetensorsFault) -> [Element] {
    try array(tensor.count) { base throws(SafetensorsFault) in
      try readStored(0..<tensor.count, of: tensor, into: base)
    }
  }

  private func elements<Stored: BitwiseCopyable, Element>(
    _ tensor: SafetensorsTensor, as stored: Stored.Type, _ convert: (Stored) -> Element
  ) throws(SafetensorsFault) -> [Element] {
    let values: [Stored] = try elements(tensor)
    return values.map(convert)
  }

  private func array<Element: BitwiseCopyable>(
    _ count: Int, _ fill: (UnsafeMutablePointer<Element>) throws(SafetensorsFault) -> Void
  ) throws(SafetensorsFault) -> [Element] {
    var fault: SafetensorsFault?
    let result = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard count > 0 else { return }
      do throws(SafetensorsFault) {
        try fill(buffer.baseAddress!)
        initialized = count
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    return result
  }
}
