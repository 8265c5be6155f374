import ImageCodec
import TensorCore

/// Draws, for one sample, what EGT changed: EGT's map minus the baseline's at every exit, in one row.
///
/// Both maps are upsampled to the input grid by the one bilinear routine, in the sheet's quantity. Blue: the baseline looks
/// more; white: both the same; orange: EGT looks more. One scale, −limit … limit, for the whole sheet. Unlike overlays it is
/// not blended with the photo: white has to stay white to mean 0, so the photo stands to the left, alone.
/// An exit that only one model has is left empty.
public struct DifferenceSheet: Sendable {
  public static let colorMap = ColorMap.blueWhiteOrange

  public let layout: SheetLayout

  /// - Parameter source: two rows, the baseline's and EGT's.
  /// - Returns: nil where one model's maps are densities and the other's are not: their difference has no unit.
  public init?(_ source: SheetSource, gutter: Int = 2) {
    precondition(source.arms.count == 2, "a difference is of two, got \(source.arms.count)")
    guard source.arms[0].quantity == source.arms[1].quantity else { return nil }
    var layout = source.layout(gutter: gutter)
    layout.rows = 1
    self.layout = layout
  }

  public func render(_ sample: SheetSample) -> (image: PixelImage, scale: DifferenceScale) {
    // Those that both models have.
    let exits = sample.rows.map(\.arm.resamplers.count).min()!
    let cells = layout.tile.count
    var differences = [Float](repeating: 0, count: exits * cells)
    differences.withUnsafeMutableBufferPointer { differences in
      for exit in 0..<exits {
        subtract(
          sample, exit,
          into: UnsafeMutableBufferPointer(
            rebasing: differences[exit * cells..<(exit + 1) * cells]))
      }
    }
    let scale = DifferenceScale(differences)
    var sheet = PixelImage(sheet: layout, channels: 3)
    sheet.paint(sample.rows[0].photo, at: layout.origin(row: 0, column: 0))
    for exit in 0..<exits {
      paint(
        differences[exit * cells..<(exit + 1) * cells], limit: scale.limit, into: &sheet,
        at: layout.origin(row: 0, column: 1 + exit))
    }
    return (sheet, scale)
  }

  /// EGT − baseline of an exit on the input grid.
  private func subtract(
    _ sample: SheetSample, _ exit: Int, into result: UnsafeMutableBufferPointer<Float>
  ) {
    let (from, to) = (sample.factor(row: 0, exit: exit), sample.factor(row: 1, exit: exit))
    withUnsafeTemporaryAllocation(of: Float.self, capacity: result.count) { baseline in
      sample.upsample(row: 0, exit: exit, into: baseline)
      sample.upsample(row: 1, exit: exit, into: result)
      for cell in result.indices { result[cell] = result[cell] * to - baseline[cell] * from }
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
