import FileKit
import TensorCore

/// Attention maps of one exit, [samples, height, width].
public typealias MapTensor = SampleTensor<Float>
/// Images, [samples, height, width, channels], 8 bits.
public typealias ImageTensor = SampleTensor<UInt8>

/// What a recording has too much of to hold: one tensor whose first axis is the sample.
///
/// A recording that was read from a folder leaves these tensors in their file, and `read` fetches the elements
/// that are asked for, with no memory of its own; 50,000 samples so need no more of it than 1,000. A recording
/// that was made in memory holds an array. Both are read in the same way, from any thread.
///
/// A file that is written to or cut after it was opened gives a `RecordingFault` at the next read.
public struct SampleTensor<Element: SampleElement>: Sendable {
  private var source: Source

  private enum Source: Sendable {
    case memory([Element])
    case file(SafetensorsReader, SafetensorsTensor)
  }

  /// A tensor in memory, row by row.
  public init(_ elements: [Element]) {
    source = .memory(elements)
  }

  /// A tensor that stays in its file.
  init(_ tensor: SafetensorsTensor, in file: SafetensorsReader) {
    source = .file(file, tensor)
  }

  /// The number of elements, over all samples.
  public var count: Int {
    switch source {
    case .memory(let elements): elements.count
    case .file(_, let tensor): tensor.count
    }
  }

  /// Copies some elements, or reads them from the file.
  /// - Parameters:
  ///   - elements: positions in the whole tensor: samples a..<b of maps of c cells are a·c..<b·c.
  ///   - result: room for `elements.count`.
  public func read(
    _ elements: Range<Int>, into result: UnsafeMutablePointer<Element>
  ) throws(RecordingFault) {
    switch source {
    case .memory(let values):
      precondition(
        values.indices.contains(elements) || elements.isEmpty,
        "elements \(elements) of a tensor that has \(values.count)")
      values.withUnsafeBufferPointer {
        guard let base = $0.baseAddress else { return }
        result.update(from: base + elements.lowerBound, count: elements.count)
      }
    case .file(let file, let tensor):
      try wrapping(RecordingFault.safetensors) { () throws(SafetensorsFault) in
        try Element.read(elements, of: tensor, in: file, into: result)
      }
    }
  }

  /// Some elements as an array.
  public func elements(_ range: Range<Int>) throws(RecordingFault) -> [Element] {
    var fault: RecordingFault?
    let result = [Element](unsafeUninitializedCapacity: range.count) { buffer, count in
      guard let base = buffer.baseAddress, !range.isEmpty else { return }
      do throws(RecordingFault) {
        try read(range, into: base)
        count = range.count
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    return result
  }

  /// Every element, in memory at once.
  public func elements() throws(RecordingFault) -> [Element] {
    if case .memory(let elements) = source { return elements }
    return try elements(0..<count)
  }

  /// One element of a tensor in memory.
  public subscript(index: Int) -> Element {
    get { inMemory[index] }
    set { inMemory[index] = newValue }
  }

  private var inMemory: [Element] {
    get {
      guard case .memory(let elements) = source else {
        preconditionFailure("elements of a tensor in a file are read, not indexed")
      }
      return elements
    }
    _modify {
      guard case .memory(var elements) = source else {
        preconditionFailure("a tensor in a file cannot be changed")
      }
      // Two owners of the array would copy it at every assignment.
      source = .memory([])
      defer { source = .memory(elements) }
      yield &elements
    }
  }
}

extension SampleTensor: ExpressibleByArrayLiteral {
  /// In memory.
  public init(arrayLiteral elements: Element...) {
    self.init(elements)
  }
}

extension SampleTensor {
  /// Elements that a comparison reads at a time.
  private static var piece: Int { 1 << 16 }

  /// The first position at which two tensors differ, compared by memory, so that a NaN equals itself; nil where
  /// they are the same. Of tensors of different sizes that is the end of the smaller at the latest.
  package func firstDifference(
    from other: SampleTensor
  ) throws(RecordingFault) -> Int? {
    let common = Swift.min(count, other.count)
    let left = UnsafeMutablePointer<Element>.allocate(capacity: Self.piece)
    let right = UnsafeMutablePointer<Element>.allocate(capacity: Self.piece)
    defer {
      left.deallocate()
      right.deallocate()
    }
    for start in stride(from: 0, to: common, by: Self.piece) {
      let part = start..<Swift.min(start + Self.piece, common)
      try read(part, into: left)
      try other.read(part, into: right)
      if let place = Memory.firstDifference(left, right, part.count) { return start + place }
    }
    return count == other.count ? nil : common
  }
}

/// What a sample tensor may hold: 32-bit floats (the file may have others) or bytes.
public protocol SampleElement: BitwiseCopyable, Sendable {
  static func read(
    _ elements: Range<Int>, of tensor: SafetensorsTensor, in file: SafetensorsReader,
    into result: UnsafeMutablePointer<Self>
  ) throws(SafetensorsFault)
}

extension Float: SampleElement {
  /// Reads elements of a tensor of a file into memory that the caller owns.
  public static func read(
    _ elements: Range<Int>, of tensor: SafetensorsTensor, in file: SafetensorsReader,
    into result: UnsafeMutablePointer<Float>
  ) throws(SafetensorsFault) {
    try file.read(elements, of: tensor, into: result)
  }
}

extension UInt8: SampleElement {
  /// Converts what the file holds to 32-bit floats.
  public static func read(
    _ elements: Range<Int>, of tensor: SafetensorsTensor, in file: SafetensorsReader,
    into result: UnsafeMutablePointer<UInt8>
  ) throws(SafetensorsFault) {
    try file.read(elements, of: tensor, into: result)
  }
}
