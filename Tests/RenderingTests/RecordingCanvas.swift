import CairoKit
import Rendering

/// Keeps what a figure draws, for exact tests.
struct RecordingCanvas: Canvas {
  var marks: [Mark] = []

  mutating func draw(_ mark: Mark) {
    marks.append(mark)
  }

  static func marks(
    of figure: some Figure, width: Double, style: FigureStyle
  ) -> RecordingCanvas {
    var canvas = RecordingCanvas()
    figure.draw(
      on: &canvas, width: width, height: figure.height(width: width, style: style), style: style)
    return canvas
  }

  static func marks(of figure: some Figure, on page: PaperPage) -> RecordingCanvas {
    var canvas = RecordingCanvas()
    figure.draw(on: &canvas, width: page.width, height: page.height, style: page.style)
    return canvas
  }

  var labels: [Label] {
    marks.compactMap { if case .text(let label) = $0 { label } else { nil } }
  }

  var texts: [String] { labels.map(\.text) }

  var lines: [(points: [Point], stroke: Stroke)] {
    marks.compactMap {
      if case .line(let points, let stroke) = $0 { (points, stroke) } else { nil }
    }
  }

  var rectangles: [(rect: Rect, fill: Ink, stroke: Stroke?)] {
    marks.compactMap {
      if case .rectangle(let rect, let fill, let stroke) = $0 { (rect, fill, stroke) } else { nil }
    }
  }

  var symbols: [(symbol: Symbol, center: Point, ink: Ink)] {
    marks.compactMap {
      if case .symbol(let symbol, let center, _, let ink, _) = $0 {
        (symbol, center, ink)
      } else {
        nil
      }
    }
  }

  /// Every number that reaches the canvas.
  var numbers: [Double] {
    marks.flatMap { mark -> [Double] in
      switch mark {
      case .line(let points, let stroke):
        points.flatMap { [$0.x, $0.y] } + [stroke.width] + stroke.dash
      case .rectangle(let rect, _, _): [rect.x, rect.y, rect.width, rect.height]
      case .symbol(_, let center, let radius, _, let width): [center.x, center.y, radius, width]
      case .text(let label): [label.position.x, label.position.y, label.size]
      }
    }
  }

  /// Where a label's ink stands, by the font's own widths.
  static func box(of label: Label, font: some TextMeasure) -> Rect {
    let width = font.advance(of: label.text) * label.size
    let shift =
      switch label.anchor {
      case .start: 0.0
      case .middle: -width / 2
      case .end: -width
      }
    let height = font.capHeight * label.size
    return Rect(
      x: label.position.x + shift, y: label.position.y - height, width: width, height: height)
  }
}

extension FigureStyle {
  /// The same with the names of the models that are drawn.
  func showing(_ models: [String] = SampleFigures.two) -> FigureStyle {
    var style = self
    style.models = models
    return style
  }
}

/// Every character half an em wide: positions can be worked out by hand.
struct HalfEmMeasure: TextMeasure {
  let capHeight = 0.7
  func advance(of text: String) -> Double { 0.5 * Double(text.count) }
}
