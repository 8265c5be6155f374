import ImageCodec
import Recordings
import Rendering
import TensorCore
import Testing

@Suite struct DifferenceSheetTests {
  private static let size = GridSize(height: 2, width: 2)

  private func arm(
    _ maps: [Float]..., kind: String? = "softmax", photo: [UInt8] = [9, 9, 9, 9]
  ) -> Recording {
    SampleRecordings.make(
      input: Self.size, image: photo, maps: maps.map { (Self.size, $0) }, kind: kind)
  }

  private func draw(
    _ baseline: Recording, _ egt: Recording
  ) throws -> (image: PixelImage, scale: DifferenceScale) {
    let source = try SheetSource(models: [baseline, egt])
    return try #require(DifferenceSheet(source, gutter: 1)).render(source.sample(0))
  }

  private func color(_ image: PixelImage, x: Int, y: Int) -> ColorMap.Color {
    let start = (y * image.width + x) * 3
    return .init(
      red: image.pixels[start], green: image.pixels[start + 1], blue: image.pixels[start + 2])
  }

  @Test func knownCellsHaveTheirSignAndShareOfTheLimit() throws {
    // Densities: value × 4 cells. EGT − baseline: −2, 0, 1, 1.
    let (image, scale) = try draw(
      arm([0.625, 0.25, 0, 0.125]), arm([0.125, 0.25, 0.25, 0.375]))
    #expect(scale.limit == 2 && scale.undefinedPixels == 0)
    #expect(image.width == 5 && image.height == 2)
    let map = ColorMap.blueWhiteOrange
    #expect(color(image, x: 3, y: 0) == map.colors[0])
    #expect(color(image, x: 4, y: 0) == map.color(at: 0.5))
    #expect(color(image, x: 3, y: 1) == map.color(at: 0.75))
    #expect(color(image, x: 4, y: 1) == map.color(at: 0.75))
    // The baseline looks more: blue. EGT does: orange.
    #expect(color(image, x: 3, y: 0).blue > color(image, x: 3, y: 0).red)
    #expect(color(image, x: 3, y: 1).red > color(image, x: 3, y: 1).blue)
  }

  @Test func oneLimitForAllExitsWhateverItsSign() throws {
    let (image, scale) = try draw(
      arm([0, 0, 0, 0], [0, 0, 0, 0.5], kind: "sigmoid"),
      arm([0.25, 0, 0, 0], [0, 0, 0, 0], kind: "sigmoid"))
    #expect(scale.limit == 0.5)
    #expect(color(image, x: 3, y: 0) == ColorMap.blueWhiteOrange.color(at: 0.75))
    #expect(color(image, x: 7, y: 1) == ColorMap.blueWhiteOrange.colors[0])
    // The other way round the colours change places.
    let (swapped, same) = try draw(
      arm([0.25, 0, 0, 0], [0, 0, 0, 0], kind: "sigmoid"),
      arm([0, 0, 0, 0], [0, 0, 0, 0.5], kind: "sigmoid"))
    #expect(same == scale)
    #expect(color(swapped, x: 7, y: 1) == ColorMap.blueWhiteOrange.colors[255])
  }

  /// Other grids in the other model: the difference is taken on the input grid, after the one bilinear routine.
  @Test func mapsOfOtherGridsAreUpsampledFirst() throws {
    let size = GridSize(height: 8, width: 8)
    let photo = [UInt8](repeating: 0, count: 64)
    let maps = [
      SampleRecordings.softmaxMap(4, 4, step: 5), SampleRecordings.softmaxMap(2, 3, step: 4),
    ]
    let arms = maps.map { SampleRecordings.make(input: size, image: photo, maps: [$0]) }
    let (image, scale) = try draw(arms[0], arms[1])
    let upsampled = maps.map { map in
      BilinearResampler(from: map.grid, to: size).resample(
        map.cells.map { Double($0) * Double(map.grid.count) })
    }
    let differences = zip(upsampled[1], upsampled[0]).map { $0 - $1 }
    let limit = differences.map(abs).max()!
    #expect(abs(Double(scale.limit) - limit) < 1e-5)
    for (cell, difference) in differences.enumerated() where abs(difference) > 1e-3 * limit {
      let drawn = color(image, x: 9 + cell % 8, y: cell / 8)
      let entry = try #require(ColorMap.blueWhiteOrange.colors.firstIndex(of: drawn))
      #expect(abs(Double(entry) - (difference / limit + 1) * 128) <= 1.01)
    }
  }

  @Test func theSameMapsAreWhite() throws {
    let same = arm([0.5, 0.25, 0.25, 0])
    let (image, scale) = try draw(same, same)
    #expect(scale.limit == 0)
    for x in 3...4 {
      for y in 0...1 {
        #expect(color(image, x: x, y: y) == ColorMap.blueWhiteOrange.color(at: 0.5))
      }
    }
  }

  /// White has to stay white.
  @Test func thePhotoStandsBesideTheMapsNotUnderThem() throws {
    let (dark, light) = ([UInt8](repeating: 0, count: 4), [UInt8](repeating: 255, count: 4))
    let maps: [[Float]] = [[0.5, 0.25, 0.25, 0], [0.25, 0.25, 0.25, 0.25]]
    let one = try draw(arm(maps[0], photo: dark), arm(maps[1], photo: dark)).image
    let other = try draw(arm(maps[0], photo: light), arm(maps[1], photo: light)).image
    for y in 0...1 {
      #expect(color(one, x: 0, y: y).red == 0 && color(other, x: 0, y: y).red == 255)
      for x in 2...4 { #expect(color(one, x: x, y: y) == color(other, x: x, y: y)) }
    }
  }

  @Test func whatIsNotFiniteInEitherModelIsHatchedAndCounted() throws {
    let (image, scale) = try draw(
      arm([.nan, 0, .infinity, 0], kind: "sigmoid"),
      arm([0, 0, .infinity, 0.5], kind: "sigmoid"))
    #expect(scale.undefinedPixels == 2 && scale.limit == 0.5)
    #expect(color(image, x: 3, y: 0) == .init(red: 255, green: 255, blue: 255))
    #expect(color(image, x: 3, y: 1) == .init(red: 0, green: 0, blue: 0))
    #expect(color(image, x: 4, y: 1) == ColorMap.blueWhiteOrange.colors[255])
  }

  @Test func anExitOfOneModelAloneStaysEmpty() throws {
    let (image, scale) = try draw(
      arm([0.5, 0.5, 0, 0]), arm([0, 0.5, 0.5, 0], [1, 0, 0, 0]))
    #expect(image.width == 8 && scale.limit == 2)
    for x in 6...7 {
      for y in 0...1 { #expect(color(image, x: x, y: y) == .init(red: 128, green: 128, blue: 128)) }
    }
  }

  /// A row a model after the first, each against the first, on one scale.
  @Test func everyModelIsComparedWithTheFirst() throws {
    let source = try SheetSource(
      models: [arm([0.5, 0.5, 0, 0]), arm([0.5, 0.5, 0, 0]), arm([0, 0.5, 0.5, 0])])
    let (image, scale) = try #require(DifferenceSheet(source, gutter: 1)).render(source.sample(0))
    // Two tiles of 2 × 2 in each of two rows.
    #expect(image.width == 5 && image.height == 5 && scale.limit == 2)
    let colors = ColorMap.blueWhiteOrange.colors
    for (x, y) in [(3, 0), (4, 0), (3, 1), (4, 1)] {
      #expect(color(image, x: x, y: y) == colors[128])
    }
    #expect(color(image, x: 3, y: 3) == colors[0] && color(image, x: 4, y: 3) == colors[128])
    #expect(color(image, x: 3, y: 4) == colors[255])
    // The photo stands in both rows.
    #expect(color(image, x: 0, y: 0) == color(image, x: 0, y: 3))
    #expect(try DifferenceSheet(SheetSource(models: [arm([1, 0, 0, 0])])) == nil)
  }

  @Test func differentQuantitiesHaveNoDifference() throws {
    let source = try SheetSource(
      models: [arm([0.5, 0.5, 0, 0]), arm([0.5, 0.5, 0, 0], kind: "sigmoid")])
    #expect(DifferenceSheet(source) == nil)
  }
}
