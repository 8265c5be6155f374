/// SVG to stand inside a page: real text, colours by class (`ChartTheme.css`), no style attributes and no scripts.
///
/// The same marks give the same bytes.
package struct SVGCanvas: Canvas {
  /// How the picture presents itself to assistive technology.
  package enum Accessibility: Sendable, Equatable {
    /// role="img", named by its title.
    case named
    /// The same, by ids that begin with the prefix ([A-Za-z][A-Za-z0-9-]*), one of its own on the page.
    case identified(prefix: String)
    /// Hidden, where the text beside it says the same.
    case hidden
  }

  private var body = ""
  /// A line that waits for others of the same stroke: one element with several parts draws the same in fewer bytes.
  private var line: (path: String, attributes: String)?
  private let opening: String

  /// - Parameters:
  ///   - title: a short name, as plain text.
  ///   - description: what the picture shows, in words.
  package init(
    width: Double, height: Double, title: String, description: String,
    accessibility: Accessibility = .named
  ) {
    let size = "\(NumberText.coordinate(width)) \(NumberText.coordinate(height))"
    let name = PrintableText.escaped(title)
    let words = PrintableText.escaped(description)
    var tag = #"<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 \#(size)""#
    tag += #" width="\#(NumberText.coordinate(width))" height="\#(NumberText.coordinate(height))""#
    switch accessibility {
    case .named:
      tag += #" role="img" aria-label="\#(name)"><title>\#(name)</title><desc>\#(words)</desc>"#
    case .identified(let prefix):
      precondition(Self.isIdentifier(prefix), "an id begins with a letter, got \(prefix)")
      tag += #" role="img" aria-labelledby="\#(prefix)-title" aria-describedby="\#(prefix)-desc">"#
      tag += #"<title id="\#(prefix)-title">\#(name)</title>"#
      tag += #"<desc id="\#(prefix)-desc">\#(words)</desc>"#
    case .hidden:
      tag += #" aria-hidden="true">"#
    }
    opening = tag + "\n"
  }

  private static func isIdentifier(_ text: String) -> Bool {
    let ascii = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return ascii && text.first?.isLetter == true
  }

  /// The whole element.
  package var svg: String { opening + body + waitingLine + "</svg>\n" }

  private var waitingLine: String {
    line.map { #"<path d="\#($0.path)" fill="none"\#($0.attributes)/>"# + "\n" } ?? ""
  }

  /// Lines of one stroke in a row become one path; a label without text adds nothing.
  package mutating func draw(_ mark: Mark) {
    if case .line(let points, let stroke) = mark {
      let attributes = attributes(of: stroke)
      if line?.attributes == attributes {
        line!.path += path(points)
      } else {
        body += waitingLine
        line = (path(points), attributes)
      }
      return
    }
    if case .text(let label) = mark, label.text.isEmpty { return }
    body += waitingLine
    line = nil
    switch mark {
    case .line: break  // Above.
    case .rectangle(let rect, let fill, let stroke):
      body += "<rect\(attribute("x", rect.x))\(attribute("y", rect.y))"
      body += "\(attribute("width", rect.width))\(attribute("height", rect.height))"
      if let stroke {
        body += attributes(of: stroke, fill: fill) + "/>\n"
      } else {
        body += #" class="fill-\#(fill.rawValue)"/>"# + "\n"
      }
    case .symbol(let symbol, let center, let radius, let ink, let lineWidth):
      let inside = symbol.isHollow ? Ink.paper : ink
      let outline = attributes(of: Stroke(ink, width: lineWidth), fill: inside)
      if let corners = symbol.outline(at: center, radius: radius) {
        body += #"<path d="\#(path(corners))Z"\#(outline)/>"#
      } else {
        body += "<circle\(attribute("cx", center.x))\(attribute("cy", center.y))"
        body += "\(attribute("r", radius))\(outline)/>"
      }
      body += "\n"
    case .text(let label):
      body += "<text\(attribute("x", label.position.x))\(attribute("y", label.position.y))"
      body += attribute("font-size", label.size)
      if label.anchor != .start { body += #" text-anchor="\#(label.anchor.rawValue)""# }
      if label.isUpright {
        let x = NumberText.coordinate(label.position.x)
        let y = NumberText.coordinate(label.position.y)
        body += #" transform="rotate(-90 \#(x) \#(y))""#
      }
      body += #" class="fill-\#(label.ink.rawValue)">\#(PrintableText.escaped(label.text))</text>"#
      body += "\n"
    }
  }

  private func attribute(_ name: String, _ value: Double) -> String {
    #" \#(name)="\#(NumberText.coordinate(value))""#
  }

  private func attributes(of stroke: Stroke, fill: Ink? = nil) -> String {
    var result = attribute("stroke-width", stroke.width)
    if !stroke.dash.isEmpty {
      let lengths = stroke.dash.map(NumberText.coordinate).joined(separator: " ")
      result += #" stroke-dasharray="\#(lengths)""#
    }
    let inside = fill.map { " fill-\($0.rawValue)" } ?? ""
    return result + #" class="line-\#(stroke.ink.rawValue)\#(inside)""#
  }

  private func path(_ points: [Point]) -> String {
    var result = ""
    var last: (x: String, y: String)?
    for point in points {
      let next = (x: NumberText.coordinate(point.x), y: NumberText.coordinate(point.y))
      if let last, last.y == next.y {
        result += "H\(next.x)"
      } else if let last, last.x == next.x {
        result += "V\(next.y)"
      } else {
        result += "\(last == nil ? "M" : "L")\(next.x) \(next.y)"
      }
      last = next
    }
    return result
  }
}

extension Symbol {
  /// The corners, on a circle 1.25 times as wide, so that all symbols look equally large; nil for a circle.
  package func outline(at center: Point, radius: Double) -> [Point]? {
    let reach = 1.25 * radius
    return corners.isEmpty
      ? nil : corners.map { Point(center.x + $0.x * reach, center.y + $0.y * reach) }
  }
}
