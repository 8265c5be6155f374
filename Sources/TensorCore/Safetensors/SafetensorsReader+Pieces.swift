import FileKit

/// Some elements of a tensor, for those that are too large to be held.
extension SafetensorsReader {
  /// Reads elements of a floating-point tensor (F16, BF16, F32 or F64), rounded to Float.
  /// - Parameter result: room for `elements.count`.
  public func read(
    _ elements: Range<Int>, of tensor: SafetensorsTensor, into result: UnsafeMutablePointer<Float>
  ) throws(SafetensorsFault) {
    switch tensor.type {
    case .float32: try readStored(elements, of: tensor, into: result)
    case .float64:
      try convert(elements, of: tensor, into: result) { Float(Double(bitPattern: $0)) }
    case .float16:
      try convert(elements, of: tensor, into: result) { Float(Float16(bitPattern: $0)) }
    case .bfloat16:
      try convert(elements, of: tensor, into: result) { (stored: UInt16) in
        Float(bitPattern: UInt32(stored) << 16)
      }
    default:
      throw .wrongType(
        path: path, tensor: tensor.name, expected: "F16, BF16, F32 or F64", got: tensor.type)
    }
  }

  /// Reads elements of a U8 or BOOL tensor.
  /// - Parameter result: room for `elements.count`.
  public func read(
    _ elements: Range<Int>, of tensor: SafetensorsTensor, into result: UnsafeMutablePointer<UInt8>
  ) throws(SafetensorsFault) {
    guard tensor.type == .uint8 || tensor.type == .bool else {
      throw .wrongType(path: path, tensor: tensor.name, expected: "U8", got: tensor.type)
    }
    try readStored(elements, of: tensor, into: result)
  }

  /// The elements as they lie in the file.
  func readStored<Stored: BitwiseCopyable>(
    _ elements: Range<Int>, of tensor: SafetensorsTensor,
    into result: UnsafeMutablePointer<Stored>
  ) throws(SafetensorsFault) {
    let size = MemoryLayout<Stored>.size
    precondition(
      size == tensor.type.byteCount && elements.lowerBound >= 0
        && elements.upperBound <= tensor.count,
      "elements \(elements) of \(size) bytes, where \(tensor.name) has \(tensor.count)")
    try readBytes(
      at: tensor.byteRange.lowerBound + elements.lowerBound * size,
      into: UnsafeMutableRawBufferPointer(start: result, count: elements.count * size))
  }

  private func convert<Stored: BitwiseCopyable>(
    _ elements: Range<Int>, of tensor: SafetensorsTensor,
    into result: UnsafeMutablePointer<Float>, _ convert: (Stored) -> Float
  ) throws(SafetensorsFault) {
    // In pieces, so that a whole tensor does not lie in memory twice.
    let piece = min(elements.count, 1 << 14)
    let stored = UnsafeMutablePointer<Stored>.allocate(capacity: max(piece, 1))
    defer { stored.deallocate() }
    var start = elements.lowerBound
    var target = result
    while start < elements.upperBound {
      let count = min(piece, elements.upperBound - start)
      try readStored(start..<start + count, of: tensor, into: stored)
      for index in 0..<count { target[index] = convert(stored[index]) }
      start += count
      target += count
    }
  }
}
