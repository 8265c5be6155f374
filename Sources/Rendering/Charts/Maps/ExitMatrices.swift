import Analysis

/// Every exit's maps against every other's: every model, then every model's difference from what it is compared with.
package struct ExitMatrices: Figure {
  /// What the cells hold.
  package enum Quantity: String, Sendable {
    case cosine
    case centred
  }

  /// "exit-matrices-cosine" or "exit-matrices-centred", as in `FigureCatalogue`.
  package let name: String
  /// Begins with the quantity's word, "Cosine" or "Correlation".
  package let title: String
  /// Says n, what both rows are, and what the greys and the differences' colours run between.
  package let caption: String
  /// Early exits with the final one only: per row, a list for each model and each difference.
  package let summary: String

  private let rows: [Row]
  private let exitCount: Int
  /// The differences' colours run from −reach to reach.
  private let reach: Double

  private struct Row {
    var title: String
    var models: [Panel]
    var differences: [Panel]

    var panels: [Panel] { models + differences }
  }

  private struct Panel {
    var title: String
    /// [exit][exit]
    var cells: [[Double?]]
    /// nil for a model's own.
    var pair: AuditResult.ShownPair?
  }

  /// nil without a matrix. Between models of other numbers of exits there is no difference.
  package init?(_ result: AuditResult, _ quantity: Quantity, shown: [Int]? = nil) {
    let models = result.shown(shown)
    let matrices = models.map { $0.matrix.flatMap { $0.cells.count > 1 ? $0 : nil } }
    let known = matrices.compactMap { $0 }
    guard let exitCount = known.map(\.cells.count).max() else { return nil }
    self.exitCount = exitCount
    let pairs = result.pairs(shown)
    func row(_ title: String, _ path: (ExitMatrix.Cell) -> Double?) -> Row {
      let values = matrices.map { $0?.cells.map { $0.map { path($0)?.finite } } }
      return Row(
        title: title,
        models: zip(models, values).compactMap { model, cells in
          cells.map { Panel(title: model.name, cells: $0) }
        },
        differences: pairs.compactMap { pair in
          guard let left = values[pair.places[0]], let right = values[pair.places[1]],
            left.count == right.count
          else { return nil }
          return Panel(
            title: pair.title, cells: Self.difference(left, right), pair: pair)
        })
    }
    let rows =
      switch quantity {
      case .cosine: [row("same image", \.cosine), row("other image (null)", \.cosineNull)]
      case .centred: [row("same image", \.centred), row("other image (null)", \.centredNull)]
      }
    self.rows = rows
    name = "exit-matrices-\(quantity.rawValue)"
    let word = quantity == .cosine ? "Cosine" : "Correlation"
    title = "\(word) of every exit’s maps with every other’s"
    let differences = rows.flatMap(\.differences)
    let largest =
      differences.flatMap { $0.cells.joined() }.compactMap { $0?.magnitude }.max() ?? 0
    let reach = [0.05, 0.1, 0.2, 0.5, 1].first { $0 >= largest } ?? 2
    self.reach = reach
    let counts = known.flatMap { $0.cells.joined() }.map(\.n)
    let measure =
      quantity == .cosine ? "Mean cosine" : "Mean Pearson correlation (centred r)"
    caption = """
      \(measure) of two exits’ maps on the input grid, over n\u{A0}=\u{A0}\(CaptionText.range(counts)) \
      samples a pair; symmetric. Upper row: of the same image; lower row: of different images, all pairs, which on the \
      diagonal says how alike an exit’s maps are whatever the image. Only what the upper row has above the lower \
      is about the image. Greys run in eight steps from 0 (and below) to 1.\
      \(differences.isEmpty ? "" : Self.scale(pairs, reach))
      """
    summary = rows.map { row in
      let parts = row.panels.map { panel in
        let early = panel.cells.dropLast().compactMap { $0.last ?? nil }
        let text = early.map { NumberText.fixed($0, decimals: 2) }.joined(separator: ", ")
        return "\(panel.title) \(text.isEmpty ? "undefined" : text)"
      }
      return "\(row.title), early exits with the final one: \(parts.joined(separator: "; "))."
    }.joined(separator: " ")
  }

  private static func difference(_ left: [[Double?]], _ right: [[Double?]]) -> [[Double?]] {
    zip(left, right).map { left, right in
      zip(left, right).map { left, right in left.flatMap { left in right.map { $0 - left } } }
    }
  }

  /// Of the differences, in words.
  private static func scale(_ pairs: [AuditResult.ShownPair], _ reach: Double) -> String {
    let end = NumberText.short(reach, decimals: 2)
    let names = pairs.count == 1 ? pairs[0].names : ["the second named", "the first named"]
    return
      " Differences from −\(end) (blue: \(names[0]) higher) to \(end) (orange: \(names[1]) higher)."
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
    /// Of a panel's title.
    var titleWidth: Double
  }

  /// Up to three panels side by side where cells stay large enough for their numbers, else below each other. More panels
  /// than three would go a long way down: they stay side by side, if need be without numbers in their cells.
  private func layout(width: Double, style: FigureStyle) -> Layout {
    let left = style.width(of: String(exitCount), size: style.small) + style.gap
    let gap = left + 1.5 * style.gap
    let panels = rows[0].panels
    let title = panels.map { style.width(of: $0.title, size: style.text) }.max() ?? 0
    func layout(_ across: Int, largest: Double, title: Double) -> Layout {
      let room = (width - left - gap * Double(across - 1)) / Double(across * exitCount)
      let side = min(room, largest)
      let pitch = max(Double(exitCount) * side, title) + gap
      return Layout(side: side, across: across, left: left, pitch: pitch, titleWidth: pitch - gap)
    }
    let across = min(3, panels.count)
    let row = layout(across, largest: 4.2 * style.text, title: title)
    let fits = left + Double(across) * row.pitch - gap <= width + 1e-9
    if row.side >= Self.widest(style), fits { return row }
    if panels.count > 3 {
      for across in [3, 2] {
        let share = (width - left + gap) / Double(across) - gap
        let row = layout(across, largest: 4.2 * style.text, title: min(title, share))
        // The last exit's number must not stick out.
        if row.side >= style.width(of: String(exitCount), size: style.small) { return row }
      }
    }
    var column = layout(1, largest: 3 * style.text, title: title)
    column.titleWidth = width - left
    return column
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

  /// The panels of a row, line by line; differences begin a line where there are many.
  private func lines(_ row: Row, across: Int) -> [[Panel]] {
    let groups = row.panels.count > 3 ? [row.models, row.differences] : [row.panels]
    return groups.flatMap { group in
      stride(from: 0, to: group.count, by: across).map {
        Array(group[$0..<min($0 + across, group.count)])
      }
    }
  }

  /// Cells are square, so that `width` decides; `style.stretch` does not change it.
  package func height(width: Double, style: FigureStyle) -> Double {
    let layout = layout(width: width, style: style)
    let lines = rows.map { self.lines($0, across: layout.across).count }.reduce(0, +)
    return Double(lines) * (panelHeight(layout.side, style) + style.gap)
      + Double(rows.count) * 1.4 * style.lineHeight
  }

  /// Leaves numbers out of cells too small for them; `style.models` and `height` are not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    let layout = layout(width: width, style: style)
    var top = 0.0
    for row in rows {
      canvas.text(
        row.title, x: 0, middle: top + 0.6 * style.lineHeight, size: style.text, ink: .muted,
        style: style)
      top += 1.4 * style.lineHeight
      for line in lines(row, across: layout.across) {
        for (column, panel) in line.enumerated() {
          draw(
            panel, x: layout.left + Double(column) * layout.pitch, y: top, layout, on: &canvas,
            style: style)
        }
        top += panelHeight(layout.side, style) + style.gap
      }
    }
  }

  private func draw<C: Canvas>(
    _ panel: Panel, x: Double, y: Double, _ layout: Layout, on canvas: inout C, style: FigureStyle
  ) {
    let side = layout.side
    canvas.text(
      panel.pair?.title(width: layout.titleWidth, style: style)
        ?? style.fitting(panel.title, width: layout.titleWidth, size: style.text), x: x,
      middle: y + 0.6 * style.lineHeight, size: style.text, style: style)
    let top = y + 1.3 * style.lineHeight
    let hasNumbers = Self.widest(style) <= side && 1.2 * style.small <= side
    for row in panel.cells.indices {
      let middle = top + (Double(row) + 0.5) * side
      if 1.1 * style.small <= side || row == 0 || row == panel.cells.count - 1 {
        canvas.text(
          String(row + 1), x: x - style.gap, middle: middle, anchor: .end, size: style.small,
          ink: .muted, style: style)
        canvas.text(
          String(row + 1), x: x + (Double(row) + 0.5) * side,
          middle: top + Double(panel.cells.count) * side + style.gap + 0.5 * style.small,
          anchor: .middle,
          size: style.small, ink: .muted, style: style)
      }
      for column in 0...row {
        let value = panel.cells[row][column]
        let shade = value.map {
          panel.pair != nil ? Shade(difference: $0 / reach) : Shade(share: $0)
        }
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
