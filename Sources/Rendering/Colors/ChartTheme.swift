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
/// NAME is an `Ink`: text, muted, axis, grid, chance, series0…series4 (the models), paper; and, as areas only, shade1…shade8 (from the
/// page's colour to the text's), lower1…lower4 and higher1…higher4 (the two sides of a difference). `fill-paper` is the page's background,
/// inside hollow symbols: give `--chart-paper` the background that the chart stands on.
package enum ChartTheme {
  /// To copy into the page's style sheet. Everything is below `.chart`; colours are custom properties, so a page
  /// can set its own. Dark holds on screens only: print is always light.
  package static let css: String = """
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
    case .series0: .init(0x0072B2)
    case .series1: .init(0xD55E00)
    case .series2: .init(0x009E73)
    case .series3: .init(0xCC79A7)
    case .series4: .init(0x8A6D00)
    case .paper: .init(0xFFFFFF)
    case .shade1: .init(0xF1F2F4)
    case .shade2: .init(0xDFE1E5)
    case .shade3: .init(0xCBCED4)
    case .shade4: .init(0xB5B9C0)
    case .shade5: .init(0x9DA1A9)
    case .shade6: .init(0x6E727A)
    case .shade7: .init(0x4F5259)
    case .shade8: .init(0x2E3035)
    case .lower1: .init(0xC9D8E8)
    case .lower2: .init(0x97B7D9)
    case .lower3: .init(0x6799CA)
    case .lower4: .init(0x2E75B7)
    case .higher1: .init(0xEDDDD0)
    case .higher2: .init(0xDFC0A8)
    case .higher3: .init(0xCC9D7D)
    case .higher4: .init(0xA85A19)
    }
  }

  static func dark(_ ink: Ink) -> ColorMap.Color {
    switch ink {
    case .text: .init(0xE7E8EB)
    case .muted: .init(0xA9ACB4)
    case .axis: .init(0x8B8F98)
    case .grid: .init(0x2C2F36)
    case .chance: .init(0x3F434C)
    case .series0: .init(0x0072B2)
    case .series1: .init(0xD55E00)
    case .series2: .init(0x009E73)
    case .series3: .init(0xCC79A7)
    case .series4: .init(0x8A6D00)
    case .paper: .init(0x15161A)
    case .shade1: .init(0x23252B)
    case .shade2: .init(0x30333A)
    case .shade3: .init(0x3E424A)
    case .shade4: .init(0x4D515A)
    case .shade5: .init(0x5D616B)
    case .shade6: .init(0x8A8E97)
    case .shade7: .init(0xAEB2BA)
    case .shade8: .init(0xD6D9DF)
    case .lower1: .init(0x22394F)
    case .lower2: .init(0x235278)
    case .lower3: .init(0x28689D)
    case .lower4: .init(0x7DB4E4)
    case .higher1: .init(0x44301F)
    case .higher2: .init(0x653F1E)
    case .higher3: .init(0x8A5320)
    case .higher4: .init(0xE39A58)
    }
  }

  private static func properties(_ palette: (Ink) -> ColorMap.Color) -> String {
    Ink.allCases.map { "  --chart-\($0.rawValue): \(palette($0).hex);" }.joined(separator: "\n")
  }

  private static func rules(_ ink: Ink) -> String {
    let fill = ".chart .fill-\(ink.rawValue) { fill: var(--chart-\(ink.rawValue)); }"
    guard !Ink.areas.contains(ink) else { return fill }
    return ".chart .line-\(ink.rawValue) { stroke: var(--chart-\(ink.rawValue)); }\n" + fill
  }
}

extension ColorMap.Color {
  /// "#0072b2"
  package var hex: String {
    let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
