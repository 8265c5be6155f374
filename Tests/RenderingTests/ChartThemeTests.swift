import Foundation
import Rendering
import Testing

@Suite struct ChartThemeTests {
  @Test func everyInkHasItsRulesAndBothColours() {
    for ink in Ink.allCases {
      let name = ink.rawValue
      if !Ink.areas.contains(ink) {
        #expect(ChartTheme.css.contains(".chart .line-\(name) { stroke: var(--chart-\(name)); }"))
      }
      #expect(ChartTheme.css.contains(".chart .fill-\(name) { fill: var(--chart-\(name)); }"))
      #expect(colors(of: name).count == 2)
    }
    // Dark on screens only, and nothing that a strict content policy forbids.
    #expect(ChartTheme.css.contains("@media screen and (prefers-color-scheme: dark)"))
    #expect(!ChartTheme.css.contains("url(") && !ChartTheme.css.contains("@import"))
    #expect(ChartTheme.css.utf8.count < 5500)
  }

  /// Light, then dark.
  private func colors(of name: String) -> [String] {
    ChartTheme.css.split(separator: "\n").compactMap { line in
      line.contains("--chart-\(name): ")
        ? String(line.split(separator: "#")[1].prefix(6)) : nil
    }
  }

  /// WCAG 2.2's contrast ratio.
  private func contrast(_ a: String, _ b: String) -> Double {
    func luminance(_ hex: String) -> Double {
      let value = UInt32(hex, radix: 16)!
      let channels = [16, 8, 0].map { shift -> Double in
        let c = Double(value >> UInt32(shift) & 255) / 255
        return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  @Test(arguments: [0, 1])
  func contrastSuffices(theme: Int) {
    let paper = colors(of: "paper")[theme]
    #expect(paper == ["ffffff", "15161a"][theme])
    for name in ["text", "muted"] { #expect(contrast(colors(of: name)[theme], paper) >= 4.5) }
    for name in (0..<5).map({ "series\($0)" }) + ["axis"] {
      #expect(contrast(colors(of: name)[theme], paper) >= 3, "\(name)")
    }
    // Numbers stand on areas: dark ones on light areas and the reverse, by `Shade`.
    for (index, name) in (1...8).map({ "shade\($0)" }).enumerated() {
      let ink = colors(of: index < 5 ? "text" : "paper")[theme]
      #expect(contrast(colors(of: name)[theme], ink) >= 4.5, "\(name)")
    }
    for side in ["lower", "higher"] {
      for step in 1...4 {
        let ink = colors(of: step < 4 ? "text" : "paper")[theme]
        #expect(contrast(colors(of: "\(side)\(step)")[theme], ink) >= 4.5, "\(side)\(step)")
      }
    }
    // Symbols may stand on the chance band's end, which is drawn in the axis ink.
    #expect(colors(of: "series0")[theme] == "0072b2" && colors(of: "series1")[theme] == "d55e00")
  }

  /// Whoever sees no colour, or prints in grey, has dashes, symbols and names.
  @Test func everyModelHasAColorADashAndASymbolOfItsOwn() {
    let series = SeriesStyle.all(
      .page(font: HalfEmMeasure()).showing(["a", "b", "c", "d", "e"]))
    #expect(series.count == SeriesStyle.limit)
    #expect(Set(series.map(\.ink)).count == 5 && Set(series.map(\.symbol)).count == 5)
    #expect(Set(series.map(\.dash)).count == 5)
    for theme in [0, 1] {
      #expect(Set(series.map { colors(of: $0.ink.rawValue)[theme] }).count == 5)
    }
    // Most often there are two: a hollow symbol on a dashed line, a solid one on a solid line.
    #expect(series[0].symbol == .hollowCircle && series[0].dash == [6, 4])
    #expect(series[1].symbol == .solidCircle && series[1].dash.isEmpty)
    #expect(series.map(\.name) == ["a", "b", "c", "d", "e"])
  }

  /// Each symbol's corners surround its center at about the same distance.
  @Test func symbolsAreAboutEquallyLarge() {
    for symbol in [Symbol.hollowDiamond, .solidTriangle, .hollowSquare, .hollowTriangle] {
      let corners = symbol.outline(at: Point(10, 20), radius: 4) ?? []
      #expect(corners.count == 3 || corners.count == 4)
      for corner in corners {
        let reach = ((corner.x - 10) * (corner.x - 10) + (corner.y - 20) * (corner.y - 20))
          .squareRoot()
        #expect(reach > 4.8 && reach < 6.5, "\(symbol)")
      }
    }
    #expect(Symbol.solidCircle.outline(at: Point(0, 0), radius: 4) == nil)
  }
}
