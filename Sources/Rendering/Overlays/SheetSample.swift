import ImageCodec
import Recordings
import TensorCore

/// One sample's photo and maps, as every view draws them. For one thread.
package struct SheetSample {
  /// Its number in every recording.
  package let index: Int
  let tile: GridSize
  /// One a model, from the top.
  let rows: [Row]

  struct Row {
    var photo: PixelImage
    var model: SheetSource.Row
    var block: SampleBlock
  }

  /// A map's cells on its own grid, as recorded.
  func map(row: Int, exit: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(
      start: rows[row].block.map(index, exit: exit),
      count: rows[row].model.resamplers[exit].source.count)
  }

  /// From a recorded value of that map to the row's quantity.
  func factor(row: Int, exit: Int) -> Float {
    let model = rows[row].model
    return model.quantity.factor(cells: model.resamplers[exit].source.count)
  }

  /// A map upsampled to the tile, as recorded: [tile.height, tile.width].
  func upsample(row: Int, exit: Int, into values: UnsafeMutableBufferPointer<Float>) {
    rows[row].model.resamplers[exit].resample(
      map(row: row, exit: exit).baseAddress!, into: values.baseAddress!)
  }

  /// The colour scale that all maps share, and each map's own end.
  package func scale() -> SheetScale {
    var scale = SheetScale(quantities: rows.map(\.model.quantity))
    for row in rows.indices {
      for exit in rows[row].model.resamplers.indices {
        scale.include(
          map: map(row: row, exit: exit), factor: factor(row: row, exit: exit), row: row)
      }
    }
    return scale
  }
}
