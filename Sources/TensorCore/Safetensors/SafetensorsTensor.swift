/// What a safetensors header says about one tensor.
public struct SafetensorsTensor: Sendable, Equatable {
  /// Its key in the file.
  public var name: String
  /// The type of an element.
  public var type: SafetensorsType
  /// From the slowest axis to the fastest; empty for a scalar.
  public var shape: [Int]
  /// Where the elements lie in the data section, which starts after the header.
  public var byteRange: Range<Int>

  /// An entry of a header; nothing is checked here.
  public init(name: String, type: SafetensorsType, shape: [Int], byteRange: Range<Int>) {
    self.name = name
    self.type = type
    self.shape = shape
    self.byteRange = byteRange
  }

  /// The number of elements.
  public var count: Int { byteRange.count / type.byteCount }
}
