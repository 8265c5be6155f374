import Rendering
import Testing

@Suite struct ColorMapTests {
  /// matplotlib 3.10.7: `[round(255 * c) for c in colormaps[name](v)]`.
  @Test func matchesMatplotlib() {
    #expect(ColorMap.viridis.color(at: 0) == .init(red: 68, green: 1, blue: 84))
    #expect(ColorMap.viridis.color(at: 0.5) == .init(red: 33, green: 145, blue: 140))
    #expect(ColorMap.viridis.color(at: 1) == .init(red: 253, green: 231, blue: 37))
    #expect(ColorMap.cividis.color(at: 0) == .init(red: 0, green: 34, blue: 78))
    #expect(ColorMap.cividis.color(at: 1) == .init(red: 254, green: 232, blue: 56))
  }

  @Test func valuesOutsideTakeTheEnds() {
    for map in ColorMap.sequential {
      #expect(map.color(at: -.infinity) == map.colors[0])
      #expect(map.color(at: .nan) == map.colors[0])
      #expect(map.color(at: .infinity) == map.colors[255])
    }
  }

  private func luminance(_ color: ColorMap.Color) -> Double {
    0.2126 * Double(color.red) + 0.7152 * Double(color.green) + 0.0722 * Double(color.blue)
  }

  @Test(arguments: ColorMap.sequential)
  func sequentialMapsRiseInLightness(map: ColorMap) {
    for (low, high) in zip(map.colors, map.colors.dropFirst(8)) {
      #expect(luminance(low) < luminance(high))
    }
  }

  @Test func divergingMapIsSymmetricAboutWhite() {
    let map = ColorMap.blueWhiteOrange
    for index in 0..<128 {
      // Equal OKLab lightness is not equal luma, but near it.
      let (low, high) = (map.colors[index], map.colors[255 - index])
      #expect(abs(luminance(low) - luminance(high)) < 16)
    }
    #expect(luminance(map.color(at: 0.5)) > 240)
    #expect(map.color(at: 0).blue > map.color(at: 0).red)
    #expect(map.color(at: 1).red > map.color(at: 1).blue)
  }

  @Test func namesFindMapsAndJetIsNotOneOfThem() {
    #expect(ColorMap(named: "cividis") == .cividis)
    #expect(ColorMap(named: "jet") == nil)
  }
}
