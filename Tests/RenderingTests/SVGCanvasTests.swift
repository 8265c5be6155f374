import Foundation
import FoundationXML
import Rendering
import Testing

@Suite struct SVGCanvasTests {
  @Test func marksBecomeElements() {
    var canvas = SVGCanvas(
      width: 100, height: 50.5, title: "T", description: "D", accessibility: .hidden)
    canvas.draw(
      .line([Point(1, 2), Point(3.14159, -0.001)], Stroke(.series1, width: 1.5, dash: [3, 2])))
    canvas.draw(.rectangle(Rect(x: 1, y: 2, width: 3, height: 4), fill: .chance, stroke: nil))
    canvas.draw(.symbol(.hollowCircle, at: Point(5, 6), radius: 4, ink: .series0, lineWidth: 1))
    canvas.draw(.symbol(.solidDiamond, at: Point(5, 6), radius: 4, ink: .series1, lineWidth: 1))
    canvas.draw(
      .text(
        Label("a", at: Point(1, 2), anchor: .end, size: 13, ink: .muted, isUpright: true)))
    #expect(
      canvas.svg == """
        <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 100 50.5" width="100" \
        height="50.5" aria-hidden="true">
        <path d="M1 2L3.14 0" fill="none" stroke-width="1.5" stroke-dasharray="3 2" class="line-series1"/>
        <rect x="1" y="2" width="3" height="4" class="fill-chance"/>
        <circle cx="5" cy="6" r="4" stroke-width="1" class="line-series0 fill-paper"/>
        <path d="M5 1L10 6L5 11L0 6Z" stroke-width="1" class="line-series1 fill-series1"/>
        <text x="1" y="2" font-size="13" text-anchor="end" transform="rotate(-90 1 2)" \
        class="fill-muted">a</text>
        </svg>

        """)
  }

  @Test func namesItself() {
    let plain = SVGCanvas(width: 1, height: 1, title: "A & B", description: "<d>").svg
    #expect(plain.contains(#"role="img" aria-label="A &amp; B"><title>A &amp; B</title>"#))
    #expect(plain.contains("<desc>&lt;d&gt;</desc>"))
    #expect(!plain.contains(" id="))
    let named = SVGCanvas(
      width: 1, height: 1, title: "A", description: "d", accessibility: .identified(prefix: "f1")
    ).svg
    #expect(named.contains(#"aria-labelledby="f1-title" aria-describedby="f1-desc""#))
    #expect(named.contains(#"<title id="f1-title">A</title><desc id="f1-desc">d</desc>"#))
  }

  /// Lines of one stroke that follow each other are one element; nothing is drawn above what came after it.
  @Test func linesOfOneStrokeAreOneElement() {
    var canvas = SVGCanvas(width: 10, height: 10, title: "t", description: "d")
    func line(_ y: Double, _ ink: Ink) -> Mark {
      .line([Point(0, y), Point(9, y)], Stroke(ink, width: 1))
    }
    for y in 1...2 { canvas.draw(line(Double(y), .grid)) }
    canvas.draw(line(3, .axis))
    canvas.draw(.text(Label("a", at: Point(0, 0), anchor: .start, size: 6, ink: .text)))
    canvas.draw(line(4, .axis))
    let body = canvas.svg.split(separator: "\n").dropFirst().map(String.init)
    #expect(
      body == [
        #"<path d="M0 1H9M0 2H9" fill="none" stroke-width="1" class="line-grid"/>"#,
        #"<path d="M0 3H9" fill="none" stroke-width="1" class="line-axis"/>"#,
        #"<text x="0" y="0" font-size="6" class="fill-text">a</text>"#,
        #"<path d="M0 4H9" fill="none" stroke-width="1" class="line-axis"/>"#, "</svg>",
      ])
  }

  static let adversarial = [
    #"<script>alert("1")</script>&'"#, "]]>", "</title></svg><img src=x onerror=y>", "{{x}}",
    "a\0b\u{1B}c\nd\re\u{2028}f", "\u{202E}drowssap\u{2066}x\u{2069}\u{200F}\u{061C}",
    [0xFFFE, 0xFFFF, 0xFDD0].map { String(Unicode.Scalar($0)!) }.joined(), "👩‍👩‍👧‍👦 é 日本",
    String(repeating: "<", count: 10_000), "",
  ]

  @Test(arguments: adversarial)
  func anyTextGivesWellFormedXMLWithThatTextInIt(text: String) throws {
    var canvas = SVGCanvas(width: 10, height: 10, title: text, description: text)
    canvas.draw(.text(Label(text, at: Point(0, 0), anchor: .start, size: 6, ink: .text)))
    let reader = XMLReader()
    let parser = XMLParser(data: Data(canvas.svg.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    // A label without a text draws nothing.
    #expect(reader.elements == ["svg", "title", "desc"] + (text.isEmpty ? [] : ["text"]))
    let shown = reader.text["text"] ?? ""
    #expect(shown == reader.text["title"] ?? "" && shown == reader.text["desc"] ?? "")
    for scalar in shown.unicodeScalars {
      #expect(scalar.properties.generalCategory != .control)
      #expect(!scalar.properties.isBidiControl && !scalar.properties.isNoncharacterCodePoint)
    }
    if text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value < 127 }) {
      #expect(shown == text)
    }
    #expect(!canvas.svg.contains("<script") && !canvas.svg.contains("]]>"))
  }

  /// Collects element names and each one's own text.
  private final class XMLReader: NSObject, XMLParserDelegate {
    var elements: [String] = []
    var text: [String: String] = [:]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.append(name)
      open.append(name)
    }

    private var open: [String] = []

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      text[open.last!, default: ""] += string
    }
  }

  @Test func numbersDoNotFollowTheLocale() {
    #expect(NumberText.fixed(-0.5, decimals: 2) == "−0.50")
    #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
    #expect(NumberText.fixed(1234.5, decimals: 0) == "1235")
    #expect(NumberText.fixed(0.005, decimals: 2) == "0.01")
    #expect(NumberText.fixed(-1.25e19, decimals: 3) == "−1.25e19")
    #expect(NumberText.short(1.2e30, decimals: 3) == "1.20e30")
    #expect(NumberText.fixed(.greatestFiniteMagnitude, decimals: 0) == "1.80e308")
    #expect(NumberText.fixed(4e-12, decimals: 12) == "4.00e-12")
    #expect(NumberText.fixed(-.infinity, decimals: 2) == "−∞")
    #expect(NumberText.percent(0.2789) == "27.9\u{A0}%")
    #expect(NumberText.grouped(1_234_567) == "1,234,567" && NumberText.grouped(-999) == "−999")
    #expect(NumberText.short(0.9, decimals: 3) == "0.9" && NumberText.short(1, decimals: 3) == "1")
  }
}
