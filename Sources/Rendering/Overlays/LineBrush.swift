import ImageCodec
import TensorCore

/// Draws white lines on black edges into a grey picture, pixel by pixel.
struct LineBrush: Sendable {
  private let line: Range<Int>
  private let edge: Range<Int>

  /// - Parameters:
  ///   - width: of the white line, in pixels; the pixel that it is drawn for is in its middle.
  ///   - edge: of the black on either side.
  init(width: Int, edge: Int) {
    line = -((width - 1) / 2)..<width / 2 + 1
    self.edge = line.lowerBound - edge..<line.upperBound + edge
  }

  /// Draws a line over these pixels of a tile, and not beyond it.
  func draw(
    _ pixels: [(x: Int, y: Int)], tile: GridSize, into sheet: inout PixelImage,
    at origin: (x: Int, y: Int)
  ) {
    for (reach, shade) in [(edge, UInt8(0)), (line, 255)] {
      for pixel in pixels {
        let rows = reach.moved(by: pixel.y).clamped(to: 0..<tile.height)
        let columns = reach.moved(by: pixel.x).clamped(to: 0..<tile.width)
        for y in rows {
          let start = (origin.y + y) * sheet.width + origin.x
          for x in columns { sheet.pixels[start + x] = shade }
        }
      }
    }
  }
}

extension Range<Int> {
  fileprivate func moved(by offset: Int) -> Range<Int> {
    lowerBound + offset..<upperBound + offset
  }
}
