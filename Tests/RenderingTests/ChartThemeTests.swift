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
    #expect(ChartTheme.css.utf8.count < 4500)
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
    for name in ["baseline", "egt", "axis"] {
      #expect(contrast(colors(of: name)[theme], paper) >= 3)
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
    #expect(colors(of: "baseline")[theme] == "0072b2" && colors(of: "egt")[theme] == "d55e00")
  }
}
