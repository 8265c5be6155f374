import ImageCodec
import TensorCore

/// Draws, for one sample, the outlines of where every exit of every model looked: on the grey photo, lines that enclose
/// 50, 75 and 90 % of each map's mass (`DensityRegions` of the map on the input grid), white on a black edge, so that
/// they show on any photo. The more of the mass a line encloses, the thinner it is.
///
/// A line says where most of the attention is, whatever its scale: unlike colours it compares a dim map with a bright one.
/// Tiles are enlarged by a whole number, so that lines do not hide them; along the enlarged pixels the map is
/// interpolated once more (bilinear), which makes the lines smooth and moves them by less than a pixel of the input.
/// A map without mass to divide has no lines: its photo is hatched, and it is counted.
package struct ContourSheet: Sendable {
  /// Shares of the mass, from the inmost line outwards, and the lines' widths in `stroke`s.
  package static let lines: [(share: Double, width: Int)] = [(0.5, 3), (0.75, 2), (0.9, 1)]

  /// Of the sheet as it is drawn: tiles and gutters are `factor` times those of an overlay sheet.
  package let layout: SheetLayout
  /// The side of an input pixel on the sheet.
  package let factor: Int

  private let enlarging: BilinearResampler
  private let brushes: [LineBrush]

  /// A tile's longer side is at least this, in pixels of the sheet.
  private static let leastSide = 96

  /// - Parameter gutter: in pixels of the input, so `factor` times as many on the sheet.
  package init(_ source: SheetSource, gutter: Int = 2) {
    let side = max(source.tile.width, source.tile.height)
    let factor = (Self.leastSide + side - 1) / side
    var layout = source.layout(gutter: gutter * factor)
    layout.tile = GridSize(
      height: source.tile.height * factor, width: source.tile.width * factor)
    self.layout = layout
    self.factor = factor
    enlarging = BilinearResampler(from: source.tile, to: layout.tile)
    let stroke = side * factor / Self.leastSide
    brushes = Self.lines.map { LineBrush(width: $0.width * stroke, edge: stroke) }
  }

  /// - Returns: the sheet (grey where the photo is), and how many maps have no lines.
  package func render(_ sample: SheetSample) -> (image: PixelImage, mapsWithoutLines: Int) {
    var sheet = PixelImage(sheet: layout, channels: 1)
    var missing = 0
    for (index, row) in sample.rows.enumerated() {
      let photo = row.photo.grey()
      sheet.paint(photo, at: layout.origin(row: index, column: 0), factor: factor)
      for exit in row.model.resamplers.indices {
        let origin = layout.origin(row: index, column: 1 + exit)
        sheet.paint(photo, at: origin, factor: factor)
        if let regions = regions(sample, row: index, exit: exit) {
          draw(regions, into: &sheet, at: origin)
        } else {
          hatch(&sheet, at: origin)
          missing += 1
        }
      }
    }
    return (sheet, missing)
  }

  /// For each pixel of the enlarged tile, in how many of the regions it lies; nil where the map has none.
  private func regions(_ sample: SheetSample, row: Int, exit: Int) -> [UInt8]? {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: enlarging.source.count) { map in
      sample.upsample(row: row, exit: exit, into: map)
      guard
        let levels = DensityRegions.levels(
          of: UnsafeBufferPointer(map), enclosing: Self.lines.map(\.share))
      else {
        return nil
      }
      return withUnsafeTemporaryAllocation(of: Float.self, capacity: layout.tile.count) { values in
        enlarging.resample(map.baseAddress!, into: values.baseAddress!)
        var depths = [UInt8](repeating: 0, count: values.count)
        for level in levels {
          for pixel in values.indices where values[pixel] >= level { depths[pixel] += 1 }
        }
        return depths
      }
    }
  }

  /// Outer lines first, each with its edge: an inner one covers them.
  private func draw(
    _ regions: [UInt8], into sheet: inout PixelImage, at origin: (x: Int, y: Int)
  ) {
    let borders = borders(of: regions)
    for (brush, border) in zip(brushes, borders).reversed() {
      brush.draw(border, tile: layout.tile, into: &sheet, at: origin)
    }
  }

  /// Per region: its pixels beside one outside. The tile's edge is no border.
  private func borders(of regions: [UInt8]) -> [[(x: Int, y: Int)]] {
    let (width, height) = (layout.tile.width, layout.tile.height)
    var borders = [[(x: Int, y: Int)]](repeating: [], count: brushes.count)
    regions.withUnsafeBufferPointer { regions in
      for y in 0..<height {
        for x in 0..<width {
          let pixel = y * width + x
          let depth = regions[pixel]
          guard depth > 0 else { continue }
          var outside = depth
          if x > 0 { outside = min(outside, regions[pixel - 1]) }
          if x < width - 1 { outside = min(outside, regions[pixel + 1]) }
          if y > 0 { outside = min(outside, regions[pixel - width]) }
          if y < height - 1 { outside = min(outside, regions[pixel + width]) }
          // Depth 1 is the largest share's region alone, the last of them.
          for level in outside..<depth { borders[brushes.count - 1 - Int(level)].append((x, y)) }
        }
      }
    }
    return borders
  }

  private func hatch(_ sheet: inout PixelImage, at origin: (x: Int, y: Int)) {
    for y in 0..<layout.tile.height {
      for x in 0..<layout.tile.width {
        guard let shade = SheetPaint.hatch(x: x / factor, y: y / factor) else { continue }
        sheet.pixels[(origin.y + y) * sheet.width + origin.x + x] = shade
      }
    }
  }
}
