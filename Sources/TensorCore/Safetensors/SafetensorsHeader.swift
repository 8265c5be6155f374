/// A checked safetensors header.
struct SafetensorsHeader {
  /// The format's limit, in bytes.
  static let lengthLimit = 100_000_000
  /// The key that holds free text; no tensor may have it as its name.
  static let metadataKey = "__metadata__"

  var metadata: [String: String] = [:]
  var tensors: [String: SafetensorsTensor] = [:]

  /// Parses a header and checks that its tensors fill the data section without holes.
  init(_ bytes: ArraySlice<UInt8>, dataLength: Int, path: String) throws(SafetensorsFault) {
    guard bytes.first == UInt8(ascii: "{") else {
      throw .malformedHeader(path: path, offset: 0, reason: "no '{' at its start")
    }
    var scanner = SafetensorsHeaderScanner(bytes, path: path)
    var metadata: [String: String]?
    var tensors: [String: SafetensorsTensor] = [:]
    try scanner.object { (scanner, name) throws(SafetensorsFault) in
      if name == Self.metadataKey {
        guard metadata == nil else { throw .duplicateName(path: path, name: name) }
        metadata = try Self.metadata(&scanner, path: path)
      } else {
        let tensor = try Self.tensor(&scanner, name: name, path: path)
        guard tensors.updateValue(tensor, forKey: name) == nil else {
          throw .duplicateName(path: path, name: name)
        }
      }
    }
    try scanner.end()
    try Self.checkLayout(Array(tensors.values), dataLength: dataLength, path: path)
    self.metadata = metadata ?? [:]
    self.tensors = tensors
  }

  private static func metadata(
    _ scanner: inout SafetensorsHeaderScanner, path: String
  ) throws(SafetensorsFault) -> [String: String] {
    var result: [String: String] = [:]
    try scanner.object { (scanner, key) throws(SafetensorsFault) in
      let value = try scanner.string()
      guard result.updateValue(value, forKey: key) == nil else {
        throw .duplicateName(path: path, name: key)
      }
    }
    return result
  }

  private static func tensor(
    _ scanner: inout SafetensorsHeaderScanner, name: String, path: String
  ) throws(SafetensorsFault) -> SafetensorsTensor {
    var typeName: String?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.object { (scanner, key) throws(SafetensorsFault) in
      switch key {
      case "dtype" where typeName == nil: typeName = try scanner.string()
      case "shape" where shape == nil: shape = try scanner.integers()
      case "data_offsets" where offsets == nil: offsets = try scanner.integers()
      case "dtype", "shape", "data_offsets":
        throw .duplicateName(path: path, name: "\(name), \(key)")
      default: throw scanner.malformed("an unknown key '\(key)' in tensor \(name)")
      }
    }
    guard let typeName, let shape, let offsets, offsets.count == 2 else {
      throw scanner.malformed("tensor \(name) without dtype, shape and two data_offsets")
    }
    guard let type = SafetensorsType(rawValue: typeName) else {
      throw .unknownType(path: path, tensor: name, type: typeName)
    }
    var byteCount = type.byteCount
    for extent in shape {
      let (product, overflow) = byteCount.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw .shapeTooLarge(path: path, tensor: name, shape: shape) }
      byteCount = product
    }
    guard offsets[1] - offsets[0] == byteCount else {
      throw .wrongByteCount(
        path: path, tensor: name, expected: byteCount, got: offsets[1] - offsets[0])
    }
    return SafetensorsTensor(
      name: name, type: type, shape: shape, byteRange: offsets[0]..<offsets[1])
  }

  private static func checkLayout(
    _ tensors: [SafetensorsTensor], dataLength: Int, path: String
  ) throws(SafetensorsFault) {
    // An empty tensor shares its start with the next one, so the end decides, then the name.
    let ordered = tensors.sorted {
      ($0.byteRange.lowerBound, $0.byteRange.upperBound, $0.name)
        < ($1.byteRange.lowerBound, $1.byteRange.upperBound, $1.name)
    }
    var end = 0
    for tensor in ordered {
      guard tensor.byteRange.lowerBound == end else {
        throw .notContiguous(
          path: path, tensor: tensor.name, expectedStart: end, start: tensor.byteRange.lowerBound)
      }
      end = tensor.byteRange.upperBound
    }
    guard end == dataLength else {
      throw .wrongDataLength(path: path, expected: end, got: dataLength)
    }
  }
}
