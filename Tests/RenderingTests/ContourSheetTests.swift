import ImageCodec
import Recordings
import Rendering
import TensorCore
import Testing

@Suite struct ContourSheetTests {
  private func draw(
    _ models: Recording...
  ) throws -> (sheet: ContourSheet, image: PixelImage, missing: Int) {
    let source = try SheetSource(models: models)
    let sheet = ContourSheet(source)
    let (image, missing) = try sheet.render(source.sample(0))
    return (sheet, image, missing)
  }

  /// Bands of `width` columns from left to right; the columns hold 40, 20, 12 and 8 hundredths of 80 each, so that
  /// the bands enclose 50, 75, 90 and 100 %.
  private func bands(_ side: Int, photo: UInt8 = 100, channels: Int = 1) -> Recording {
    let size = GridSize(height: side, width: side)
    let heights: [Float] = [40, 20, 12, 8]
    return SampleRecordings.make(
      input: size, channels: channels,
      image: [UInt8](repeating: photo, count: side * side * channels),
      maps: [(size, (0..<side * side).map { heights[$0 % side / (side / 4)] })], kind: "sigmoid")
  }

  private func row(_ image: PixelImage, y: Int, from x: Int, count: Int) -> [UInt8] {
    Array(image.pixels[y * image.width + x..<y * image.width + x + count])
  }

  /// At 96 pixels a tile is not enlarged, and every pixel is known.
  @Test(arguments: [UInt8(0), 100, 255])
  func linesLieOnTheRegionsBorders(photo: UInt8) throws {
    let (sheet, image, missing) = try draw(bands(96, photo: photo))
    #expect(sheet.factor == 1 && missing == 0 && image.channels == 1)
    var expected = [UInt8](repeating: photo, count: 96)
    // The last column of each region, with the line's width around it, and black on either side.
    for (border, line) in [(23, 22...24), (47, 47...48), (71, 71...71)] {
      expected[line.lowerBound - 1] = 0
      expected[line.upperBound + 1] = 0
      for x in line { expected[x] = 255 }
      #expect(line.contains(border))
    }
    let tile = sheet.layout.origin(row: 0, column: 1)
    for y in [0, 50, 95] { #expect(row(image, y: y, from: tile.x, count: 96) == expected) }
    #expect(row(image, y: 50, from: 0, count: 96).allSatisfy { $0 == photo })
  }

  @Test(arguments: [(32, 3), (64, 2), (28, 4), (96, 1), (224, 1)])
  func smallTilesAreEnlarged(side: Int, factor: Int) throws {
    let (sheet, image, _) = try draw(bands(side))
    #expect(sheet.factor == factor)
    #expect(image.width == factor * (2 * side + 2) && image.height == factor * side)
  }

  /// Enlarging moves a line by less than a pixel of the input.
  @Test func linesStayInPlaceWhenEnlarged() throws {
    let (sheet, image, _) = try draw(bands(32))
    let tile = sheet.layout.origin(row: 0, column: 1)
    let pixels = row(image, y: 48, from: tile.x, count: 96)
    for border in [24, 48, 72] {
      #expect((border - 3..<border + 3).contains { pixels[$0] == 255 })
    }
    // Three lines, each between two edges.
    let shades = pixels.indices.dropFirst().filter { pixels[$0] == 255 && pixels[$0 - 1] == 0 }
    #expect(shades.count == 3)
  }

  @Test func linesGrowWithLargeTiles() throws {
    let (sheet, image, _) = try draw(bands(224))
    let tile = sheet.layout.origin(row: 0, column: 1)
    let pixels = row(image, y: 7, from: tile.x, count: 224)
    #expect(pixels.count { $0 == 255 } == 2 * (3 + 2 + 1) && pixels.count { $0 == 0 } == 2 * 6)
  }

  @Test func coloursOfThePhotoBecomeGrey() throws {
    let (_, image, _) = try draw(bands(96, photo: 77, channels: 3))
    #expect(image.channels == 1 && image.pixels[0] == 77)
  }

  @Test func mapsWithoutMassAreHatchedAndCounted() throws {
    let size = GridSize(height: 2, width: 2)
    let undefined: [[Float]] = [
      [0, 0, 0, 0], [0.25, 0.25, 0.25, 0.25], [.nan, 0, 0, 1], [-0.1, 0.5, 0.5, 0.1],
    ]
    let arm = SampleRecordings.make(
      input: size, image: [60, 60, 60, 60], maps: (undefined + [[1, 0, 0, 0]]).map { (size, $0) },
      kind: "sigmoid")
    let (sheet, image, missing) = try draw(arm)
    #expect(missing == 4)
    for column in 1...5 {
      let tile = sheet.layout.origin(row: 0, column: column)
      let pixels = (0..<96).flatMap { row(image, y: $0, from: tile.x, count: 96) }
      let shades = pixels.count { $0 == 60 }
      if column < 5 {
        // Cells (0, 0) white, (1, 0) and (0, 1) black, as the overlays hatch.
        #expect(pixels[0] == 255 && pixels[95] == 0 && shades == 96 * 96 / 4)
      } else {
        #expect(shades > 96 * 96 / 2 && pixels.contains(255) && pixels.contains(0))
      }
    }
  }

  @Test func anExitOfOneModelAloneLeavesTheOthersPlaceEmpty() throws {
    let one = bands(96)
    let two = SampleRecordings.make(
      input: one.manifest.input, image: [UInt8](repeating: 100, count: 96 * 96),
      maps: (0..<2).map { _ in
        (one.manifest.input, (0..<96 * 96).map { $0 % 96 < 24 ? 4 : 1 })
      }, kind: "sigmoid")
    let (sheet, image, missing) = try draw(one, two)
    #expect(missing == 0 && sheet.layout.columns == 3)
    let (above, below) = (
      sheet.layout.origin(row: 0, column: 2), sheet.layout.origin(row: 1, column: 2)
    )
    #expect(row(image, y: above.y + 40, from: above.x, count: 96).allSatisfy { $0 == 128 })
    #expect(row(image, y: below.y + 40, from: below.x, count: 96).contains(255))
  }
}
