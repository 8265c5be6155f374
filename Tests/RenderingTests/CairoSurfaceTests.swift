import CairoKit
import Foundation
import ImageCodec
import Rendering
import Testing

@Suite struct CairoSurfaceTests {
  @Test func impossibleSizesThrow() {
    #expect(throws: CairoFault.self) { try ImageSurface(width: -1, height: 4) }
    #expect(throws: CairoFault.self) { try ImageSurface(width: 1 << 40, height: 4) }
  }

  @Test func drawingOnAFinishedDocumentThrows() throws {
    let surface = try PDFSurface(width: 10, height: 10, title: "t")
    let context = try Context(surface)
    _ = try surface.finish()
    context.addRectangle(x: 0, y: 0, width: 1, height: 1)
    context.fill()
    #expect(throws: CairoFault.self) { try context.checkStatus("drawing late") }
  }

  private func pixels(_ marks: [Mark], width: Int = 20, height: Int = 20) throws -> PixelImage {
    let surface = try ImageSurface(width: width, height: height)
    var canvas = CairoCanvas(context: try Context(surface), font: try Font())
    for mark in marks { canvas.draw(mark) }
    return try surface.pixelImage()
  }

  private func hex(_ image: PixelImage, _ x: Int, _ y: Int) -> String {
    let start = (y * image.width + x) * 3
    return ColorMap.Color(
      red: image.pixels[start], green: image.pixels[start + 1], blue: image.pixels[start + 2]
    ).hex
  }

  @Test func paintsThePaletteWhereTold() throws {
    let image = try pixels([
      .rectangle(Rect(x: 0, y: 0, width: 8, height: 8), fill: .series0, stroke: nil),
      .symbol(.solidCircle, at: Point(14, 14), radius: 4, ink: .series1, lineWidth: 1),
      .symbol(.hollowDiamond, at: Point(4, 14), radius: 4, ink: .series1, lineWidth: 1),
      .line([Point(12, 0), Point(12, 8)], Stroke(.text, width: 2)),
    ])
    #expect(hex(image, 4, 4) == "#0072b2")
    #expect(hex(image, 14, 14) == "#d55e00")
    #expect(hex(image, 4, 14) == "#ffffff")
    #expect(hex(image, 11, 4) == "#1b1c1f" && hex(image, 12, 4) == "#1b1c1f")
    #expect(hex(image, 19, 0) == "#ffffff")
  }

  /// The dark pixels' bounding box.
  private func inkBox(_ image: PixelImage) -> (x: ClosedRange<Int>, y: ClosedRange<Int>)? {
    var xs: [Int] = []
    var ys: [Int] = []
    for y in 0..<image.height {
      for x in 0..<image.width where image.pixels[(y * image.width + x) * 3] < 128 {
        xs.append(x)
        ys.append(y)
      }
    }
    guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max()
    else { return nil }
    return (left...right, top...bottom)
  }

  @Test func textStandsOnItsAnchor() throws {
    func box(_ anchor: Label.Anchor, upright: Bool = false) throws -> (
      x: ClosedRange<Int>, y: ClosedRange<Int>
    ) {
      let label = Label(
        "HHH", at: Point(50, 50), anchor: anchor, size: 20, ink: .text, isUpright: upright)
      return try #require(inkBox(try pixels([.text(label)], width: 100, height: 100)))
    }
    // HHH is 3·0.722·20 = 43.3 wide and 13.8 tall.
    #expect(try box(.start).x.lowerBound >= 50 && box(.start).x.upperBound <= 94)
    #expect(try box(.end).x.upperBound <= 50)
    let middle = try box(.middle)
    #expect(abs(middle.x.lowerBound + middle.x.upperBound - 99) <= 1)
    #expect(middle.y == 36...49)
    // Upright text reads from bottom to top, its baseline on the anchor's x.
    let upright = try box(.start, upright: true)
    #expect(upright.x == 36...49 && upright.y.upperBound <= 50 && upright.y.lowerBound >= 6)
  }

  @Test func controlCharactersDoNotEndOrBreakText() throws {
    let plain = Label("a\u{FFFD}b", at: Point(2, 15), anchor: .start, size: 8, ink: .text)
    let nul = Label("a\0b", at: Point(2, 15), anchor: .start, size: 8, ink: .text)
    #expect(try pixels([.text(nul)]) == pixels([.text(plain)]))
  }
}
