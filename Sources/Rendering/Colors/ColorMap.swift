import ImageCodec

/// 256 colours from low to high. A value's colour is entry min(255, ⌊256·v⌋), as in matplotlib.
///
/// There is no jet: its lightness rises and falls, which draws edges that are not in the data.
package struct ColorMap: Sendable, Equatable, CustomStringConvertible {
  /// An 8-bit sRGB colour.
  package struct Color: Sendable, Hashable {
    /// 0…255.
    package var red: UInt8
    /// 0…255.
    package var green: UInt8
    /// 0…255.
    package var blue: UInt8

    /// Components of sRGB, 0…255.
    package init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }

    init(_ rgb: UInt32) {
      self.init(
        red: UInt8(rgb >> 16 & 255), green: UInt8(rgb >> 8 & 255), blue: UInt8(rgb & 255))
    }
  }

  /// "viridis"
  package let name: String
  /// 256 entries.
  package let colors: [Color]

  private init(name: String, colors: [Color]) {
    precondition(colors.count == 256, "a colour map has 256 entries, got \(colors.count)")
    self.name = name
    self.colors = colors
  }

  /// The default: lightness rises evenly, legible with colour-vision deficiencies and in print.
  package static let viridis = ColorMap(
    name: "viridis", colors: ColorTables.viridis.map(Color.init))
  /// Made to look the same with and without red–green deficiency.
  package static let cividis = ColorMap(
    name: "cividis", colors: ColorTables.cividis.map(Color.init))
  /// Black to white.
  package static let greys = ColorMap(
    name: "greys", colors: (0..<256).map { Color(UInt32($0) * 0x010101) })
  /// Blue (negative) – white (0 at 0.5) – orange (positive), for differences on a symmetric scale.
  package static let blueWhiteOrange = ColorMap(
    name: "blue-white-orange", colors: ColorTables.blueWhiteOrange.map(Color.init))

  /// The maps for values from 0 up, by name.
  package static let sequential = [viridis, cividis, greys]

  /// Its name: "viridis".
  package var description: String { name }

  /// The map of that name, nil where there is none.
  package init?(named name: String) {
    guard let map = (Self.sequential + [.blueWhiteOrange]).first(where: { $0.name == name }) else {
      return nil
    }
    self = map
  }

  /// The colour of a value in 0…1; values outside take the end's colour, NaN the low end's.
  package func color(at value: Double) -> Color {
    colors[Int(min(255, max(0, value * 256)))]
  }

  /// The map as a picture from left to right, for a page's key: 256 pixels wide.
  package func bar(height: Int = 12) -> PixelImage {
    let row = colors.flatMap { [$0.red, $0.green, $0.blue] }
    return PixelImage(
      width: 256, height: height, channels: 3, pixels: (0..<height).flatMap { _ in row })
  }
}
