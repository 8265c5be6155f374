import ImageCodec
import Recordings

/// Draws, for one sample, where every exit of every model looked: one picture at native resolution, no text.
///
/// `out = (1 − α)·grey(photo) + α·map(v / limit)`, grey by Rec. 601, map values upsampled to the input grid by the same
/// bilinear routine as loss and metric. One limit for all models and exits of a sheet, 0 … the largest cell, so a map
/// times 0.5 is drawn dimmer. No map is ever stretched from its own minimum: that would change the cosine it shows.
///
/// Make one and use it for every sample, from as many threads as you like: it never changes.
package struct OverlaySheet: Sendable {
  /// One row a model, in the source's order; column 0 the photo, then the exits.
  package let layout: SheetLayout
  /// What maps are drawn with, from 0 to the limit.
  package let colorMap: ColorMap
  /// The colour map's share, 0…1.
  package let alpha: Float
  /// What the limit is: the sheet's largest cell, or each map's own.
  package let scaling: SheetScaling

  private let source: SheetSource
  /// α·colour, [256, 3].
  private let table: [Float]

  /// - Parameter source: one row a model, from the top.
  package init(
    _ source: SheetSource, colorMap: ColorMap = .viridis, alpha: Float = 0.5,
    scaling: SheetScaling = .shared, gutter: Int = 2
  ) {
    precondition(alpha >= 0 && alpha <= 1, "alpha lies in 0…1, got \(alpha)")
    self.source = source
    layout = source.layout(gutter: gutter)
    self.colorMap = colorMap
    self.alpha = alpha
    self.scaling = scaling
    table = colorMap.colors.flatMap { [$0.red, $0.green, $0.blue].map { alpha * Float($0) } }
  }

  /// - Parameters:
  ///   - sample: the same index into every recording.
  ///   - image: the photo where the recordings hold none, of the input's size.
  package func render(
    sample: Int, image: PixelImage? = nil
  ) throws(RenderingFault) -> (image: PixelImage, scale: SheetScale) {
    let sample = try source.sample(sample, image: image)
    let scale = sample.scale()
    return (render(sample, scale: scale), scale)
  }

  /// - Parameter scale: the sample's own, for callers that draw several views of it.
  package func render(_ sample: SheetSample, scale: SheetScale) -> PixelImage {
    var sheet = PixelImage(sheet: layout, channels: 3)
    for (index, row) in sample.rows.enumerated() {
      sheet.paint(row.photo, at: layout.origin(row: index, column: 0))
      let grey = dimmedGrey(row.photo)
      for exit in row.model.resamplers.indices {
        let limit = scaling == .shared ? scale.upper : scale.maxima[index][exit]
        let quotient = sample.factor(row: index, exit: exit) / limit
        withUnsafeTemporaryAllocation(of: Float.self, capacity: layout.tile.count) { values in
          sample.upsample(row: index, exit: exit, into: values)
          // Where no cell is large enough to divide by, everything is drawn as 0.
          paint(
            values, factor: quotient.isFinite ? quotient : 0, grey: grey, into: &sheet,
            at: layout.origin(row: index, column: 1 + exit))
        }
      }
    }
    return sheet
  }
}

extension OverlaySheet {
  /// (1 − α)·grey of every pixel.
  private func dimmedGrey(_ photo: PixelImage) -> [Float] {
    let keep = 1 - alpha
    if photo.channels == 1 { return photo.pixels.map { keep * Float($0) } }
    return (0..<photo.width * photo.height).map { pixel in
      let red = Float(photo.pixels[3 * pixel])
      let green = Float(photo.pixels[3 * pixel + 1])
      let blue = Float(photo.pixels[3 * pixel + 2])
      return keep * (0.299 * red + 0.587 * green + 0.114 * blue)
    }
  }

  /// - Parameters:
  ///   - values: an upsampled map, as recorded.
  ///   - factor: from a recorded value to 0…1.
  ///   - grey: (1 − α)·grey, [tile.height, tile.width].
  private func paint(
    _ values: UnsafeMutableBufferPointer<Float>, factor: Float, grey: [Float],
    into sheet: inout PixelImage, at origin: (x: Int, y: Int)
  ) {
    let tile = layout.tile
    let width = sheet.width
    sheet.pixels.withUnsafeMutableBufferPointer { pixels in
      grey.withUnsafeBufferPointer { grey in
        table.withUnsafeBufferPointer { table in
          for y in 0..<tile.height {
            var target = ((origin.y + y) * width + origin.x) * 3
            for x in 0..<tile.width {
              let cell = y * tile.width + x
              let value = values[cell] * factor
              let base = grey[cell]
              if value.isFinite {
                let entry = 3 * Int(min(255, max(0, value * 256)))
                pixels[target] = UInt8(base + table[entry] + 0.5)
                pixels[target + 1] = UInt8(base + table[entry + 1] + 0.5)
                pixels[target + 2] = UInt8(base + table[entry + 2] + 0.5)
              } else {
                let shade = SheetPaint.hatch(x: x, y: y) ?? UInt8(base + 0.5)
                pixels[target] = shade
                pixels[target + 1] = shade
                pixels[target + 2] = shade
              }
              target += 3
            }
          }
        }
      }
    }
  }
}
