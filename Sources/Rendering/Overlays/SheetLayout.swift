import TensorCore

/// Where the tiles of an overlay sheet lie, in pixels from the top left.
///
/// Column 0 holds the input, columns 1…E the exits; one row a model. The input stands in every row, so that each
/// row reads alone.
public struct SheetLayout: Sendable, Equatable {
  /// The network's input size: one pixel a cell, never resampled.
  public var tile: GridSize
  public var rows: Int
  /// 1 + the largest number of exits.
  public var columns: Int
  /// Pixels between neighbouring tiles; none around the sheet.
  public var gutter: Int

  public var width: Int { columns * tile.width + (columns - 1) * gutter }
  public var height: Int { rows * tile.height + (rows - 1) * gutter }

  /// The top-left pixel of a tile.
  public func origin(row: Int, column: Int) -> (x: Int, y: Int) {
    (column * (tile.width + gutter), row * (tile.height + gutter))
  }
}
