import ImageCodec
import Recordings
import Rendering
import TensorCore
import Testing

@Suite struct OverlaySheetTests {
  let size = GridSize(height: 8, width: 8)

  @Test func matchesNumPyAndPyTorch() throws {
    let photo = SampleRecordings.ramp(192, step: 37, modulus: 251).map(UInt8.init)
    let baseline = SampleRecordings.make(
      input: size, channels: 3, image: photo,
      maps: [
        SampleRecordings.softmaxMap(4, 4, step: 5), SampleRecordings.softmaxMap(2, 3, step: 4),
      ]
    )
    let egt = SampleRecordings.make(
      input: size, channels: 3, image: photo,
      maps: [
        SampleRecordings.softmaxMap(8, 8, step: 7), SampleRecordings.softmaxMap(1, 1, step: 1),
      ]
    )
    let (image, scale) = try OverlaySheet(SheetSource(models: [baseline, egt])).render(sample: 0)
    #expect(image.width == 28 && image.height == 18 && image.channels == 3)
    #expect(abs(scale.upper - OverlayGolden.limit) < 1e-5)
    #expect(scale.quantities == [.cellDensity, .cellDensity])
    let worst = zip(image.pixels, OverlayGolden.pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(worst! <= 1)
  }

  /// One cell a pixel and no photo: the colours are the map's own.
  private func flat(
    _ cells: [Float], kind: String? = "sigmoid", second: [Float]? = nil
  ) throws -> (image: PixelImage, scale: SheetScale) {
    let grid = GridSize(height: 2, width: 2)
    let arms = [cells, second ?? cells].map { cells in
      SampleRecordings.make(
        input: grid, image: [0, 0, 0, 0], maps: [(grid, cells)], kind: kind)
    }
    return try OverlaySheet(SheetSource(models: arms), alpha: 1, gutter: 1)
      .render(sample: 0)
  }

  private func color(_ image: PixelImage, x: Int, y: Int) -> ColorMap.Color {
    let start = (y * image.width + x) * 3
    return .init(
      red: image.pixels[start], green: image.pixels[start + 1], blue: image.pixels[start + 2])
  }

  @Test func halfAMapIsDrawnDimmer() throws {
    let (image, scale) = try flat([1, 0.5, 0.25, 0], second: [0.5, 0.25, 0.125, 0])
    #expect(scale.upper == 1)
    let map = ColorMap.viridis
    #expect(color(image, x: 3, y: 0) == map.color(at: 1))
    #expect(color(image, x: 4, y: 0) == map.color(at: 0.5))
    // Row 2: the same map times 0.5, half as far along the colour map everywhere.
    #expect(color(image, x: 3, y: 3) == map.color(at: 0.5))
    #expect(color(image, x: 4, y: 3) == map.color(at: 0.25))
    #expect(color(image, x: 3, y: 4) == map.color(at: 0.125))
  }

  @Test func scaleIsSharedOverArmsAndExits() throws {
    let grid = GridSize(height: 1, width: 2)
    let low = SampleRecordings.make(
      input: grid, image: [0, 0], maps: [(grid, [0.1, 0.2]), (grid, [0.3, 0.1])], kind: "sigmoid")
    let high = SampleRecordings.make(
      input: grid, image: [0, 0], maps: [(grid, [0.8, 0.4])], kind: "sigmoid")
    let (image, scale) = try OverlaySheet(SheetSource(models: [low, high]), alpha: 1, gutter: 1)
      .render(sample: 0)
    #expect(scale.upper == 0.8 && scale.lower == 0)
    #expect(image.width == 3 * 2 + 2)
    #expect(color(image, x: 4, y: 0) == ColorMap.viridis.color(at: 0.25))
    #expect(color(image, x: 3, y: 2) == ColorMap.viridis.color(at: 1))
    // EGT has one exit only: nothing is drawn in the last column of its row.
    #expect(color(image, x: 6, y: 2) == .init(red: 128, green: 128, blue: 128))
  }

  @Test func ownMaximumStretchesTheHighEndOnly() throws {
    let grid = GridSize(height: 1, width: 2)
    let arm = SampleRecordings.make(
      input: grid, image: [0, 0], maps: [(grid, [0.1, 0.2]), (grid, [0.8, 0.6])], kind: "sigmoid")
    let (image, scale) = try OverlaySheet(
      SheetSource(models: [arm]), alpha: 1, scaling: .ownMaximum, gutter: 0
    )
    .render(sample: 0)
    #expect(scale.upper == 0.8 && scale.maxima == [[0.2, 0.8]])
    #expect(color(image, x: 2, y: 0) == ColorMap.viridis.color(at: 0.5))
    #expect(color(image, x: 3, y: 0) == ColorMap.viridis.color(at: 1))
    #expect(color(image, x: 5, y: 0) == ColorMap.viridis.color(at: 0.75))
  }

  @Test func nonFiniteCellsAreHatchedAndCounted() throws {
    let (image, scale) = try flat([.nan, .infinity, -0.5, 1])
    #expect(scale.nonFiniteCells == 4 && scale.negativeCells == 2)
    #expect(scale.upper == 1)
    #expect(color(image, x: 3, y: 0) == .init(red: 255, green: 255, blue: 255))
    #expect(color(image, x: 4, y: 0) == .init(red: 0, green: 0, blue: 0))
    #expect(color(image, x: 3, y: 1) == ColorMap.viridis.color(at: 0))
    #expect(color(image, x: 4, y: 1) == ColorMap.viridis.color(at: 1))
  }

  @Test(arguments: [
    [0, 0, 0, 0], [.leastNonzeroMagnitude, 0, 0, 0], [Float.nan, .nan, .nan, .nan],
  ])
  func nothingToScale(cells: [Float]) throws {
    let (image, _) = try flat(cells)
    #expect(color(image, x: 3, y: 1) == ColorMap.viridis.color(at: 0) || cells[2].isNaN)
  }

  @Test func unlabelledMapsOfSumOneAreDensities() throws {
    #expect(try flat([0.7, 0.1, 0.1, 0.1], kind: nil).scale.upper == 4 * 0.7)
    #expect(try flat([0.7, 0.2, 0.2, 0.1], kind: nil).scale.upper == 0.7)
    #expect(try flat([0.7, 0.1, 0.1, 0.1], kind: "sigmoid").scale.upper == 0.7)
    #expect(try flat([.nan, 0.1, 0.1, 0.1], kind: nil).scale.quantities == [.value, .value])
  }

  @Test func greyIsRec601AndColourInputKeepsItsColours() throws {
    let grid = GridSize(height: 1, width: 1)
    let arm = SampleRecordings.make(
      input: grid, channels: 3, image: [200, 100, 50], maps: [(grid, [0])], kind: "sigmoid")
    let (image, _) = try OverlaySheet(SheetSource(models: [arm]), alpha: 0, gutter: 0).render(
      sample: 0)
    // 0.299·200 + 0.587·100 + 0.114·50 = 124.2
    #expect(image.pixels == [200, 100, 50, 124, 124, 124])
  }

  @Test func picturesHandedOverAreChecked() throws {
    let arm = SampleRecordings.make(
      input: size, image: nil, maps: [SampleRecordings.softmaxMap(2, 2, step: 1)])
    let sheet = try OverlaySheet(SheetSource(models: [arm]))
    #expect(throws: RenderingFault.self) { try sheet.render(sample: 0) }
    #expect(throws: RenderingFault.self) { try sheet.render(sample: 1) }
    #expect(throws: RenderingFault.self) {
      try sheet.render(sample: 0, image: PixelImage(width: 4, height: 8, channels: 1))
    }
    let (image, _) = try sheet.render(
      sample: 0, image: PixelImage(width: 8, height: 8, channels: 1, filledWith: 9))
    #expect(color(image, x: 0, y: 0) == .init(red: 9, green: 9, blue: 9))
    let other = SampleRecordings.make(
      input: GridSize(height: 8, width: 4), image: nil,
      maps: [SampleRecordings.softmaxMap(2, 2, step: 1)])
    #expect(throws: RenderingFault.self) { try SheetSource(models: [arm, other]) }
  }
}
