import Analysis

/// Every exit's maps against every other's: every model, and differences.
public struct ExitMatrices: Figure {
  /// What the cells hold.
  public enum Quantity: String, Sendable {
    case cosine
    case centred
  }

  public let name: String
  public let title: String
  public let caption: String
  public let summary: String

  private let rows: [Row]
  private let exitCount: Int
  /// The differences' colours run from −reach to reach.
  private let reach: Double

  private struct Row {
    var title: String
    /// One a model, then the differences from the first; [exit][exit].
    var panels: [[[Double?]]]
  }

  /// Of the models, then of their differences.
  private let panelNames: [String]
  private let modelCount: Int

  private static func differences(_ reach: Double) -> String {
    let end = NumberText.short(reach, decimals: 2)
    return " Differences from −\(end) (blue: lower than the first) to \(end) (orange: higher)."
  }

  /// nil without a matrix.
  public init?(_ result: AuditResult, _ quantity: Quantity, shown: [Int]? = nil) {
    // Differences are from the first one shown; a model of another number of exits has a matrix of another size.
    let models = result.shown(shown).filter { $0.matrix != nil }
    guard let first = models.first?.matrix, first.cells.count > 1 else { return nil }
    let alike = models.filter { $0.matrix!.cells.count == first.cells.count }
    exitCount = first.cells.count
    let others = alike.dropFirst()
    panelNames = alike.map(\.name) + others.map { "\($0.name) − \(alike[0].name)" }
    modelCount = alike.count
    func row(_ title: String, _ path: (ExitMatrix.Cell) -> Double?) -> Row {
      let values = alike.map { model in
        model.matrix!.cells.map { $0.map { path($0)?.finite } }
      }
      let differences = values.dropFirst().map { own in
        zip(values[0], own).map { left, right in
          zip(left, right).map { left, right in left.flatMap { left in right.map { $0 - left } } }
        }
      }
      return Row(title: title, panels: values + differences)
    }
    switch quantity {
    case .cosine:
      rows = [
        row("same image", \.cosine), row("other image (null)", \.cosineNull),
      ]
    case .centred:
      rows = [
        row("same image", \.centred), row("other image (null)", \.centredNull),
      ]
    }
    name = "exit-matrices-\(quantity.rawValue)"
    let word = quantity == .cosine ? "Cosine" : "Correlation"
    title = "\(word) of every exit’s maps with every other’s"
    let largest =
      rows.flatMap { $0.panels.dropFirst(alike.count) }.flatMap { $0 }.flatMap { $0 }.compactMap {
        $0?.magnitude
      }.max() ?? 0
    let reach = [0.05, 0.1, 0.2, 0.5, 1].first { $0 >= largest } ?? 2
    self.reach = reach
    let counts = alike.flatMap { $0.matrix!.cells.flatMap { $0 } }.map(\.n)
    let measure =
      quantity == .cosine ? "Mean cosine" : "Mean Pearson correlation (centred r)"
    caption = """
      \(measure) of two exits’ maps on the input grid, over n\u{A0}=\u{A0}\(CaptionText.range(counts)) \
      samples a pair; symmetric. Upper row: of the same image; lower row: of different images, all pairs, which on the \
      diagonal says how alike an exit’s maps are whatever the image. Only what the upper row has above the lower \
      is about the image. Greys run in eight steps from 0 (and below) to 1.\(others.isEmpty ? "" : Self.differences(reach))
      """
    let (rows, panelNames) = (self.rows, self.panelNames)
    summary = rows.map { row in
      let parts = zip(panelNames, row.panels).map { name, cells in
        let early = cells.dropLast().compactMap { $0.last ?? nil }
        let text = early.map { NumberText.fixed($0, decimals: 2) }.joined(separator: ", ")
        return "\(name) \(text.isEmpty ? "undefined" : text)"
      }
      return "\(row.title), early exits with the final one: \(parts.joined(separator: "; "))."
    }.joined(separator: " ")
  }

  // MARK: Drawing

  private struct Layout {
    /// Of a cell.
    var side: Double
    /// Panels side by side.
    var across: Int
    /// Left of a panel's cells, for the exits' numbers.
    var left: Double
    /// From one panel to the next.
    var pitch: Double
  }

  /// Up to three panels side by side where cells stay large enough for their numbers, else below each other.
  private func layout(width: Double, style: FigureStyle) -> Layout {
    let across = min(3, panelNames.count)
    let left = style.width(of: String(exitCount), size: style.small) + style.gap
    let gap = left + 1.5 * style.gap
    let title = panelNames.map { style.width(of: $0, size: style.text) }.max()!
    func layout(_ across: Int, largest: Double) -> Layout {
      let room = (width - left - gap * Double(across - 1)) / Double(across * exitCount)
      let side = min(room, largest)
      return Layout(
        side: side, across: across, left: left,
        pitch: max(Double(exitCount) * side, title) + gap)
    }
    let row = layout(across, largest: 4.2 * style.text)
    let isWideEnough =
      row.side >= Self.widest(style) && left + Double(across) * row.pitch - gap <= width + 1e-9
    return isWideEnough ? row : layout(1, largest: 3 * style.text)
  }

  /// What a number in a cell needs; the 0 before the point is left out, as is usual for correlations.
  private static func widest(_ style: FigureStyle) -> Double {
    style.width(of: "−.00", size: style.small) + 0.4 * style.gap
  }

  private static func text(_ value: Double) -> String {
    let text = NumberText.fixed(value, decimals: 2)
    if text.hasPrefix("0.") { return String(text.dropFirst()) }
    return text.hasPrefix("−0.") ? "−" + text.dropFirst(2) : text
  }

  private func panelHeight(_ side: Double, _ style: FigureStyle) -> Double {
    1.3 * style.lineHeight + Double(exitCount) * side + style.small + 1.6 * style.gap
  }

  public func height(width: Double, style: FigureStyle) -> Double {
    let layout = layout(width: width, style: style)
    let lines = Double(rows.count * ((panelNames.count + layout.across - 1) / layout.across))
    return lines * (panelHeight(layout.side, style) + style.gap)
      + Double(rows.count) * 1.4 * style.lineHeight
  }

  public func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let layout = layout(width: width, style: style)
    var top = 0.0
    for row in rows {
      canvas.text(
        row.title, x: 0, middle: top + 0.6 * style.lineHeight, size: style.text, ink: .muted,
        style: style)
      top += 1.4 * style.lineHeight
      for (index, cells) in row.panels.enumerated() {
        let column = index % layout.across
        if index > 0, column == 0 { top += panelHeight(layout.side, style) + style.gap }
        let x = layout.left + Double(column) * layout.pitch
        draw(
          cells, title: panelNames[index], isDifference: index >= modelCount, x: x, y: top,
          side: layout.side, on: &canvas, style: style)
      }
      top += panelHeight(layout.side, style) + style.gap
    }
  }

  private func draw<C: Canvas>(
    _ cells: [[Double?]], title: String, isDifference: Bool, x: Double, y: Double, side: Double,
    on canvas: inout C, style: FigureStyle
  ) {
    canvas.text(title, x: x, middle: y + 0.6 * style.lineHeight, size: style.text, style: style)
    let top = y + 1.3 * style.lineHeight
    let hasNumbers = Self.widest(style) <= side && 1.2 * style.small <= side
    for row in 0..<exitCount {
      let middle = top + (Double(row) + 0.5) * side
      if 1.1 * style.small <= side || row == 0 || row == exitCount - 1 {
        canvas.text(
          String(row + 1), x: x - style.gap, middle: middle, anchor: .end, size: style.small,
          ink: .muted, style: style)
        canvas.text(
          String(row + 1), x: x + (Double(row) + 0.5) * side,
          middle: top + Double(exitCount) * side + style.gap + 0.5 * style.small, anchor: .middle,
          size: style.small, ink: .muted, style: style)
      }
      for column in 0...row {
        let value = cells[row][column]
        let shade = value.map { isDifference ? Shade(difference: $0 / reach) : Shade(share: $0) }
        let rect = Rect(
          x: x + Double(column) * side, y: top + Double(row) * side, width: side - style.thin,
          height: side - style.thin)
        canvas.draw(.rectangle(rect, fill: shade?.ink ?? .paper, stroke: nil))
        guard hasNumbers else { continue }
        canvas.text(
          value.map(Self.text) ?? "–", x: rect.x + side / 2,
          middle: middle, anchor: .middle, size: style.small, ink: shade?.textInk ?? .muted,
          style: style)
      }
    }
  }
}

/// A value as one of a few colours, and the ink that can be read on it.
struct Shade: Equatable {
  var ink: Ink
  var textInk: Ink

  /// 0…1 in eight steps, values outside in the outermost.
  init(share: Double) {
    let step = Int(min(7, max(0, (8 * share).rounded(.down))))
    ink = Ink.shades[step]
    textInk = step < 5 ? .text : .paper
  }

  /// −1…1 in nine steps around 0.
  init(difference: Double) {
    let step = Int(min(4, max(-4, (4 * difference).rounded())))
    ink = step == 0 ? Ink.shades[0] : step < 0 ? Ink.lowers[-step - 1] : Ink.highers[step - 1]
    textInk = abs(step) < 4 ? .text : .paper
  }
}
