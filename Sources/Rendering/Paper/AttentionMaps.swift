import Analysis
import CairoKit
import ImageCodec
import Recordings

/// One sample for a paper: the input, and where every exit of every model looked, with each exit's answer.
///
/// The tiles are those of an overlay sheet, embedded at the network's input resolution and never interpolated again.
package struct AttentionMaps: PaperFigure {
  /// "maps-17", by the sample's index; "maps-17-own-scale" where each tile has its own scale.
  package let name: String
  /// "Maps of sample 17".
  package let title: String
  /// Says what each row is, how maps are blended and scaled, and what the lines below them are.
  package let caption: String

  private let sheet: PixelImage
  private let layout: SheetLayout
  private let colorMap: ColorMap
  private let rows: [Row]
  private let label: String
  /// The scale's upper end; nil where each tile has its own.
  private let limit: String?
  private let quantity: String

  private struct Row {
    var name: String
    /// One an exit.
    var answers: [String]
    var agreements: [String]
    /// Of each map, where tiles have scales of their own.
    var maxima: [String]
  }

  /// - Parameters:
  ///   - sample: whose numbers these are; its index picks the sheet.
  ///   - models: one a row of the sheet: its name, and its place in the list of models.
  ///   - mapWord: what the maps are: "attention", "Grad-CAM", "map".
  ///   - image: the photo where the recordings hold none.
  package init(
    of sample: SampleResult, sheet drawing: OverlaySheet, models: [(name: String, place: Int)],
    mapWord: String, image: PixelImage?, classNames: [String]
  ) throws(RenderingFault) {
    let (sheet, scale) = try drawing.render(sample: sample.index, image: image)
    self.sheet = sheet
    layout = drawing.layout
    colorMap = drawing.colorMap
    func className(_ label: Int) -> String {
      classNames.indices.contains(label)
        ? PrintableText.clean(classNames[label]) : "class \(label)"
    }
    label = className(sample.label)
    func number(_ value: Float) -> String {
      NumberText.short(Double(value), decimals: value < 1 ? 3 : 1)
    }
    let isShared = drawing.scaling == .shared
    rows = zip(models, scale.maxima).compactMap { model, maxima in
      guard let entry = sample.models[model.place] else { return nil }
      return Row(
        name: model.name,
        answers: zip(entry.predictions, entry.confidences).map { prediction, confidence in
          (prediction == sample.label ? "" : "× ") + className(prediction) + " "
            + NumberText.fixed(confidence, decimals: 2)
        },
        agreements: entry.cosines.enumerated().map { exit, cosine in
          if exit == entry.cosines.count - 1 { return "" }
          return "cos " + (cosine?.finite.map { NumberText.fixed($0, decimals: 2) } ?? "undefined")
        }, maxima: isShared ? [] : maxima.map { "max " + number($0) })
    }
    limit = isShared ? number(scale.upper) : nil
    let isDensity = scale.quantities.allSatisfy { $0 == .cellDensity }
    quantity = isDensity ? "\(mapWord) × cells" : mapWord
    name = "maps-\(sample.index)" + (drawing.scaling == .shared ? "" : "-own-scale")
    title = "Maps of sample \(sample.index)"
    caption = Self.caption(
      sample, scale, isDensity: isDensity, drawing, names: models.map(\.name), mapWord: mapWord)
  }

  private static func caption(
    _ sample: SampleResult, _ scale: SheetScale, isDensity: Bool, _ drawing: OverlaySheet,
    names: [String], mapWord: String
  ) -> String {
    let unit = isDensity ? ", in \(mapWord) times cells (1 is uniform)" : ""
    let scaling =
      drawing.scaling == .shared
      ? "All tiles share one colour scale\(unit)."
      : "Each tile has a colour scale of its own, from 0 to its largest cell, which is given below it\(unit): brightness does not compare between tiles."
    var text = """
      Input and \(mapWord == "map" ? "maps" : "\(mapWord) maps") of every exit for sample \(sample.index)\
      \(names.count > 1 ? ", from the top: \(names.joined(separator: ", "))" : ""). Maps are upsampled to the input grid (bilinear) and blended with the grey image \
      (\(NumberText.percent(Double(drawing.alpha), decimals: 0)) map, \(drawing.colorMap.name)). \(scaling) \
      Below each: the exit’s answer with its confidence, × where it is wrong, and the cosine of its map with the \
      final exit’s.
      """
    if scale.nonFiniteCells > 0 { text += " Hatched: not a number." }
    return text
  }

  // MARK: Drawing

  private static let gap = 2.0

  private func textHeight(_ style: FigureStyle) -> Double {
    (limit == nil ? 3.8 : 2.6) * style.small
  }

  private func tile(width: Double, style: FigureStyle) -> (width: Double, height: Double) {
    let left = 1.3 * style.small
    let columns = Double(layout.columns)
    let side = (width - left - (columns - 1) * Self.gap) / columns
    return (side, side * Double(layout.tile.height) / Double(layout.tile.width))
  }

  private func rowHeight(width: Double, style: FigureStyle) -> Double {
    tile(width: width, style: style).height + textHeight(style) + 0.5 * style.small
  }

  /// Tiles keep the input's shape, so that `width` decides; `style.stretch` does not change it.
  package func height(width: Double, style: FigureStyle) -> Double {
    1.4 * style.small + Double(rows.count) * rowHeight(width: width, style: style)
      + 1.6 * style.small
  }

  /// Sets the scale at the bottom of `height`.
  /// - Throws: where Cairo makes no surface for an image; other errors wait in the context.
  package func paint(
    on canvas: inout CairoCanvas, width: Double, height: Double, style: FigureStyle
  ) throws(CairoFault) {
    let tile = tile(width: width, style: style)
    let left = 1.3 * style.small
    func x(_ column: Int) -> Double { left + Double(column) * (tile.width + Self.gap) }
    for column in 0..<layout.columns {
      canvas.text(
        column == 0 ? "input" : "exit \(column)", x: x(column) + tile.width / 2,
        middle: 0.6 * style.small, anchor: .middle, size: style.small, style: style)
    }
    for (index, row) in rows.enumerated() {
      let top = 1.4 * style.small + Double(index) * rowHeight(width: width, style: style)
      canvas.draw(
        .text(
          Label(
            style.fitting(row.name, width: tile.height, size: style.small),
            at: Point(0.9 * style.small, top + tile.height / 2),
            anchor: .middle, size: style.small, ink: .text, isUpright: true)))
      for column in 0...row.answers.count {
        try canvas.draw(
          tileImage(row: index, column: column),
          in: Rect(x: x(column), y: top, width: tile.width, height: tile.height))
        let lines =
          column == 0
          ? [label]
          : [row.answers[column - 1], row.agreements[column - 1]]
            + (limit == nil ? [row.maxima[column - 1]] : [])
        for (line, text) in lines.enumerated() {
          canvas.text(
            fitting(text, width: tile.width, style: style), x: x(column) + tile.width / 2,
            middle: top + tile.height + (0.8 + 1.2 * Double(line)) * style.small, anchor: .middle,
            size: style.small, ink: line == 0 ? .text : .muted, style: style)
        }
      }
    }
    try drawScale(on: &canvas, middle: height - 0.7 * style.small, width: width, style: style)
  }

  private func drawScale(
    on canvas: inout CairoCanvas, middle: Double, width: Double, style: FigureStyle
  ) throws(CairoFault) {
    let length = 0.25 * width
    let limit = limit ?? "its maximum"
    let limitWidth = style.width(of: limit, size: style.small)
    let right = width - limitWidth - style.gap
    let bar = Rect(
      x: right - length, y: middle - 0.4 * style.small, width: length, height: 0.8 * style.small)
    try canvas.draw(colorMap.bar(height: 1), in: bar)
    canvas.text(limit, x: width, middle: middle, anchor: .end, size: style.small, style: style)
    canvas.text(
      "\(quantity)  0", x: bar.x - style.gap, middle: middle, anchor: .end, size: style.small,
      style: style)
  }

  private func tileImage(row: Int, column: Int) -> PixelImage {
    let origin = layout.origin(row: row, column: column)
    let size = layout.tile
    var pixels: [UInt8] = []
    pixels.reserveCapacity(size.count * 3)
    for y in 0..<size.height {
      let start = ((origin.y + y) * sheet.width + origin.x) * 3
      pixels += sheet.pixels[start..<start + size.width * 3]
    }
    return PixelImage(width: size.width, height: size.height, channels: 3, pixels: pixels)
  }

  /// The text, or as much of its beginning as fits, its last word (the confidence) kept.
  private func fitting(_ text: String, width: Double, style: FigureStyle) -> String {
    guard style.width(of: text, size: style.small) > width else { return text }
    let words = text.split(separator: " ")
    let ending =
      words.count > 1 && Double(words[words.count - 1]) != nil ? " \(words[words.count - 1])" : ""
    var start = text.dropLast(ending.count)
    while !start.isEmpty, style.width(of: start + "…" + ending, size: style.small) > width {
      start.removeLast()
    }
    return start + "…" + ending
  }
}
