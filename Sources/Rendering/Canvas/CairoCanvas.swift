import CairoKit
import ImageCodec

/// Draws the same marks with Cairo: PNG, PDF and SVG for papers, in the light palette.
///
/// Errors wait in the context: call `Context.checkStatus` after the last mark.
package struct CairoCanvas: Canvas {
  private let context: Context
  private let font: Font

  /// - Parameter font: the one that `FigureStyle` measures with, or labels miss their anchors.
  package init(context: Context, font: Font) {
    self.context = context
    self.font = font
  }

  /// Draws at the context's scale. Never throws: an error waits in the context.
  package mutating func draw(_ mark: Mark) {
    switch mark {
    case .line(let points, let stroke):
      trace(points)
      apply(stroke)
    case .rectangle(let rect, let fill, let stroke):
      context.addRectangle(x: rect.x, y: rect.y, width: rect.width, height: rect.height)
      use(fill)
      context.fill(keepingPath: stroke != nil)
      if let stroke { apply(stroke) }
    case .symbol(let symbol, let center, let radius, let ink, let lineWidth):
      if let corners = symbol.outline(at: center, radius: radius) {
        trace(corners)
        context.closePath()
      } else {
        context.addCircle(x: center.x, y: center.y, radius: radius)
      }
      use(symbol.isHollow ? .paper : ink)
      context.fill(keepingPath: true)
      apply(Stroke(ink, width: lineWidth))
    case .text(let label):
      show(label)
    }
  }

  /// Draws an image over a rectangle, its pixels as they are. Each is repeated until there are 300 an inch, because many
  /// programs blur a coarser image, whatever the file says.
  func draw(_ image: PixelImage, in rect: Rect) throws(CairoFault) {
    let perInch = Double(image.width) / rect.width * 72
    let fine = image.enlarged(by: Int((300 / perInch).rounded(.up)))
    try context.show(fine, x: rect.x, y: rect.y, width: rect.width, height: rect.height)
  }

  private func trace(_ points: [Point]) {
    for (index, point) in points.enumerated() {
      if index == 0 {
        context.move(x: point.x, y: point.y)
      } else {
        context.addLine(x: point.x, y: point.y)
      }
    }
  }

  private func use(_ ink: Ink) {
    let color = ChartTheme.light(ink)
    context.setColor(
      red: Double(color.red) / 255, green: Double(color.green) / 255,
      blue: Double(color.blue) / 255)
  }

  private func apply(_ stroke: Stroke) {
    use(stroke.ink)
    context.stroke(width: stroke.width, dash: stroke.dash)
  }

  private func show(_ label: Label) {
    let text = PrintableText.clean(label.text)
    let width = font.advance(of: text) * label.size
    let shift =
      switch label.anchor {
      case .start: 0.0
      case .middle: -width / 2
      case .end: -width
      }
    use(label.ink)
    context.show(
      text, x: label.position.x + (label.isUpright ? 0 : shift),
      y: label.position.y - (label.isUpright ? shift : 0), font: font, size: label.size,
      angle: label.isUpright ? -.pi / 2 : 0)
  }
}

extension PixelImage {
  /// Every pixel as a square of so many.
  fileprivate func enlarged(by factor: Int) -> PixelImage {
    guard factor > 1 else { return self }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(self.pixels.count * factor * factor)
    for y in 0..<height {
      var row: [UInt8] = []
      for x in 0..<width {
        let start = (y * width + x) * channels
        for _ in 0..<factor { row += self.pixels[start..<start + channels] }
      }
      for _ in 0..<factor { pixels += row }
    }
    return PixelImage(
      width: factor * width, height: factor * height, channels: channels, pixels: pixels)
  }
}
