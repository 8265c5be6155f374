import FileKit

/// A safetensors file in memory, checked whole: <https://github.com/huggingface/safetensors>.
///
/// The file is an 8-byte little-endian header length, a JSON header and the tensors' elements,
/// little-endian and row by row. Numbers come out in the type that the caller asks for.
public struct SafetensorsReader: Sendable {
  /// The file, for messages.
  public let path: String
  /// The free text of the header.
  public let metadata: [String: String]
  /// By name.
  public let tensors: [String: SafetensorsTensor]

  private let contents: [UInt8]
  private let dataStart: Int

  /// Reads and checks a file.
  public init(path: String) throws(SafetensorsFault) {
    let contents: [UInt8]
    do throws(FileFault) { contents = try Files.read(path) } catch { throw .file(error) }
    try self.init(contents: contents, path: path)
  }

  /// Checks a file that is in memory.
  /// - Parameter path: its name in messages.
  public init(contents: [UInt8], path: String) throws(SafetensorsFault) {
    guard contents.count >= 8 else { throw .tooShort(path: path, bytes: contents.count) }
    let length = contents.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self))
    }
    guard length <= SafetensorsHeader.lengthLimit else {
      throw .headerTooLong(path: path, length: length, limit: SafetensorsHeader.lengthLimit)
    }
    let start = 8 + Int(length)
    guard start <= contents.count else {
      throw .headerBeyondFile(path: path, length: Int(length), available: contents.count - 8)
    }
    let header = try SafetensorsHeader(
      contents[8..<start], dataLength: contents.count - start, path: path)
    self.path = path
    self.contents = contents
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
    switch tensor.type {
    case .float32: return elements(tensor)
    case .float64: return elements(tensor, as: UInt64.self) { Float(Double(bitPattern: $0)) }
    case .float16: return elements(tensor, as: UInt16.self) { Float(Float16(bitPattern: $0)) }
    case .bfloat16:
      return elements(tensor, as: UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    default:
      throw .wrongType(
        path: path, tensor: name, expected: "F16, BF16, F32 or F64", got: tensor.type)
    }
  }

  /// The elements of an integer tensor of any width, or of a BOOL tensor as 0 and 1.
  /// - Parameter shape: what the caller needs; nil takes any.
  public func int64s(
    named name: String, shape: [Int]? = nil
  ) throws(SafetensorsFault) -> [Int64] {
    let tensor = try tensor(named: name, shape: shape)
    switch tensor.type {
    case .bool: return elements(tensor, as: UInt8.self) { $0 == 0 ? 0 : 1 }
    case .uint8: return elements(tensor, as: UInt8.self) { Int64($0) }
    case .int8: return elements(tensor, as: Int8.self) { Int64($0) }
    case .int16: return elements(tensor, as: Int16.self) { Int64($0) }
    case .uint16: return elements(tensor, as: UInt16.self) { Int64($0) }
    case .int32: return elements(tensor, as: Int32.self) { Int64($0) }
    case .uint32: return elements(tensor, as: UInt32.self) { Int64($0) }
    case .int64: return elements(tensor)
    case .uint64:
      let values: [UInt64] = elements(tensor)
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
    return elements(tensor)
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

  /// The elements as they lie in the file. Only for types of fixed layout, on a little-endian machine,
  /// as every machine that Swift runs on.
  private func elements<Element: BitwiseCopyable>(_ tensor: SafetensorsTensor) -> [Element] {
    contents.withUnsafeBytes { buffer in
      let source = UnsafeRawBufferPointer(
        rebasing: buffer[(dataStart + tensor.byteRange.lowerBound)...].prefix(
          tensor.byteRange.count))
      return [Element](unsafeUninitializedCapacity: tensor.count) { result, count in
        // The file promises no alignment.
        UnsafeMutableRawBufferPointer(result).copyMemory(from: source)
        count = tensor.count
      }
    }
  }

  private func elements<Stored: BitwiseCopyable, Element>(
    _ tensor: SafetensorsTensor, as stored: Stored.Type, _ convert: (Stored) -> Element
  ) -> [Element] {
    let values: [Stored] = elements(tensor)
    return values.map(convert)
  }
}
