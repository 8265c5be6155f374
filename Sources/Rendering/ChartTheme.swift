/// The charts' colours: as CSS for pages, as values for papers.
///
/// Charts inside pages carry classes and no colours. All of them:
///
/// | class | on | meaning |
/// |---|---|---|
/// | `chart` | the `svg` element | one chart |
/// | `line-NAME` | lines, outlines | stroke in the ink NAME |
/// | `fill-NAME` | areas, symbols, text | fill in the ink NAME |
///
/// NAME is an `Ink`: text, muted, axis, grid, chance, baseline, egt, paper. `fill-paper` is the page's background,
/// inside hollow symbols: give `--chart-paper` the background that the chart stands on.
public enum ChartTheme {
  /// To copy into the page's style sheet. Everything is below `.chart`; colours are custom properties, so a page
  /// can set its own. Dark holds on screens only: print is always light.
  public static let css: String = """
    .chart {
    \(properties(light))
      display: block; width: 100%; height: auto;
      font-family: "Liberation Sans", Arial, Helvetica, sans-serif;
    }
    \(Ink.allCases.map(rules).joined(separator: "\n"))
    .chart path, .chart rect, .chart circle { stroke-linejoin: round; }
    @media screen and (prefers-color-scheme: dark) {
      .chart {
    \(properties(dark))
      }
    }

    """

  static func light(_ ink: Ink) -> ColorMap.Color {
    switch ink {
    case .text: .init(0x1B1C1F)
    case .muted: .init(0x5B5E66)
    case .axis: .init(0x6F737B)
    case .grid: .init(0xE3E5E9)
    case .chance: .init(0xD3D6DC)
    case .baseline: .init(0x0072B2)
    case .egt: .init(0xD55E00)
    case .paper: .init(0xFFFFFF)
    }
  }

  static func dark(_ ink: Ink) -> ColorMap.Color {
    switch ink {
    case .text: .init(0xE7E8EB)
    case .muted: .init(0xA9ACB4)
    case .axis: .init(0x8B8F98)
    case .grid: .init(0x2C2F36)
    case .chance: .init(0x3F434C)
    case .baseline: .init(0x0072B2)
    case .egt: .init(0xD55E00)
    case .paper: .init(0x15161A)
    }
  }

  private static func properties(_ palette: (Ink) -> ColorMap.Color) -> String {
    Ink.allCases.map { "  --chart-\($0.rawValue): \(palette($0).hex);" }.joined(separator: "\n")
  }

  private static func rules(_ ink: Ink) -> String {
    """
    .chart .line-\(ink.rawValue) { stroke: var(--chart-\(ink.rawValue)); }
    .chart .fill-\(ink.rawValue) { fill: var(--chart-\(ink.rawValue)); }
    """
  }
}

extension ColorMap.Color {
  /// "#0072b2"
  public var hex: String {
    let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
