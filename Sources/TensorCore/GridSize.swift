/// The height and width of a map or an image, in cells or pixels.
public struct GridSize: Sendable, Hashable, CustomStringConvertible {
  /// Rows, at least 1.
  public var height: Int
  /// Columns, at least 1.
  public var width: Int

  /// Both sides at least 1, else an error of the program.
  public init(height: Int, width: Int) {
    precondition(height > 0 && width > 0, "a grid needs cells, got \(height)×\(width)")
    self.height = height
    self.width = width
  }

  /// The number of cells.
  public var count: Int { height * width }

  /// "8×16", height first.
  public var description: String { "\(height)×\(width)" }
}

/// In JSON a grid is `[height, width]`.
extension GridSize: Codable {
  /// Throws where the list is not two positive numbers.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let height = try container.decode(Int.self)
    let width = try container.decode(Int.self)
    guard height > 0, width > 0, container.isAtEnd else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a grid is two positive numbers, [height, width]")
    }
    self.init(height: height, width: width)
  }

  /// As `[height, width]`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(height)
    try container.encode(width)
  }
}
