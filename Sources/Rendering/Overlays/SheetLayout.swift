import TensorCore

/// Where the tiles of an overlay sheet lie, in pixels from the top left.
///
/// Column 0 holds the input, columns 1…E the exits; one row a model. The input stands in every row, so that each
/// row reads alone.
package struct SheetLayout: Sendable, Equatable {
  /// The network's input size: one pixel a cell, never resampled.
  package var tile: GridSize
  /// One a model; in a difference sheet one fewer, since the first has none.
  package var rows: Int
  /// 1 + the largest number of exits.
  package var columns: Int
  /// Pixels between neighbouring tiles; none around the sheet.
  package var gutter: Int

  /// Of the whole sheet, in pixels.
  package var width: Int { columns * tile.width + (columns - 1) * gutter }
  /// Of the whole sheet, in pixels.
  package var height: Int { rows * tile.height + (rows - 1) * gutter }

  /// The top-left pixel of a tile.
  package func origin(row: Int, column: Int) -> (x: Int, y: Int) {
    (column * (tile.width + gutter), row * (tile.height + gutter))
  }
}
