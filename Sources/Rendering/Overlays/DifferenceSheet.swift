import ImageCodec
import TensorCore

/// Draws, for one sample, what each model does otherwise than the first: its map minus the first one's at every exit, one
/// row a model.
///
/// Both maps are upsampled to the input grid by the one bilinear routine, in the sheet's quantity. Blue: the first looks
/// more; white: both the same; orange: the other looks more. One scale, −limit … limit, for the whole sheet. Unlike overlays it is
/// not blended with the photo: white has to stay white to mean 0, so the photo stands to the left, alone.
/// An exit that only one of the two has is left empty.
package struct DifferenceSheet: Sendable {
  /// From −limit, blue, over 0, white, to limit, orange; for a page's key too.
  package static let colorMap = ColorMap.blueWhiteOrange

  /// A row for each model but the first, from the second on; column 0 the first one's photo.
  package let layout: SheetLayout

  /// - Parameter source: the first row is what the others are compared with.
  /// - Returns: nil for a single row, and where some maps are densities and others are not: a difference would have no
  ///   unit.
  package init?(_ source: SheetSource, gutter: Int = 2) {
    guard source.models.count > 1,
      source.models.allSatisfy({ $0.quantity == source.models[0].quantity })
    else { return nil }
    var layout = source.layout(gutter: gutter)
    layout.rows = source.models.count - 1
    self.layout = layout
  }

  /// - Parameter sample: of the source that this was made from.
  /// - Returns: the sheet in RGB, and the limit that its colours run to.
  package func render(_ sample: SheetSample) -> (image: PixelImage, scale: DifferenceScale) {
    let cells = layout.tile.count
    /// [row − 1][exits that both models have].
    let counts = sample.rows.dropFirst().map {
      min($0.model.resamplers.count, sample.rows[0].model.resamplers.count)
    }
    var differences = [Float](repeating: 0, count: counts.reduce(0, +) * cells)
    differences.withUnsafeMutableBufferPointer { differences in
      var start = 0
      for (row, count) in counts.enumerated() {
        for exit in 0..<count {
          subtract(
            sample, row: row + 1, exit,
            into: UnsafeMutableBufferPointer(rebasing: differences[start..<start + cells]))
          start += cells
        }
      }
    }
    let scale = DifferenceScale(differences)
    var sheet = PixelImage(sheet: layout, channels: 3)
    var start = 0
    for (row, count) in counts.enumerated() {
      sheet.paint(sample.rows[0].photo, at: layout.origin(row: row, column: 0))
      for exit in 0..<count {
        paint(
          differences[start..<start + cells], limit: scale.limit, into: &sheet,
          at: layout.origin(row: row, column: 1 + exit))
        start += cells
      }
    }
    return (sheet, scale)
  }

  /// A row's map − the first row's at an exit, on the input grid.
  private func subtract(
    _ sample: SheetSample, row: Int, _ exit: Int, into result: UnsafeMutableBufferPointer<Float>
  ) {
    let (from, to) = (sample.factor(row: 0, exit: exit), sample.factor(row: row, exit: exit))
    withUnsafeTemporaryAllocation(of: Float.self, capacity: result.count) { first in
      sample.upsample(row: 0, exit: exit, into: first)
      sample.upsample(row: row, exit: exit, into: result)
      for cell in result.indices { result[cell] = result[cell] * to - first[cell] * from }
    }
  }

  private func paint(
    _ values: ArraySlice<Float>, limit: Float, into sheet: inout PixelImage,
    at origin: (x: Int, y: Int)
  ) {
    let tile = layout.tile
    for y in 0..<tile.height {
      var target = ((origin.y + y) * sheet.width + origin.x) * 3
      for x in 0..<tile.width {
        let value = values[values.startIndex + y * tile.width + x]
        let color: ColorMap.Color
        if value.isFinite {
          // −1…1 to the table's 256 entries. Without a difference there is no limit to divide by.
          let share = limit > 0 ? value / limit : 0
          color = Self.colorMap.colors[min(255, Int((share + 1) * 128))]
        } else {
          let shade = SheetPaint.hatch(x: x, y: y) ?? SheetPaint.gutter
          color = .init(red: shade, green: shade, blue: shade)
        }
        sheet.pixels[target] = color.red
        sheet.pixels[target + 1] = color.green
        sheet.pixels[target + 2] = color.blue
        target += 3
      }
    }
  }
}
