/// The frame of a chart with one row an exit and, in each row, one line a model: row labels on the left, names and
/// numbers on the right, a horizontal axis below.
struct PairedRows {
  struct Row: Sendable {
    var label: String
    /// A second line below the label, quieter.
    var detail: String?
    /// One a model, what stands in the right-hand column.
    var values: [String]
    /// Whether a line divides this row from the one above.
    var isDivided = false
  }

  let rows: [Row]
  let series: [SeriesStyle]
  let style: FigureStyle
  /// The rectangle of the data.
  let plot: Rect
  private let top: Double
  private let width: Double

  /// - Parameter header: the height kept free above the rows.
  init(rows: [Row], header: Double, width: Double, style: FigureStyle) {
    self.rows = rows
    self.style = style
    self.width = width
    series = SeriesStyle.all(style).map { series in
      var series = series
      // A plot without room tells nothing, and marks tell models apart too.
      series.name = style.fitting(series.name, width: 0.24 * width, size: style.small)
      return series
    }
    top = header
    let labels = rows.flatMap { row in
      [
        style.width(of: row.label, size: style.text),
        style.width(of: row.detail ?? "", size: style.small),
      ]
    }
    let names = series.map { style.width(of: $0.name, size: style.small) }.max() ?? 0
    let values = rows.flatMap(\.values).map { style.width(of: $0, size: style.small) }
    let left = (labels.max() ?? 0) + 1.5 * style.gap
    let right = names + 1.2 * style.gap + (values.max() ?? 0) + 2 * style.gap
    plot = Rect(
      x: left, y: top, width: max(style.text, width - left - right),
      height: Double(rows.count) * Self.rowHeight(style))
  }

  /// A line a model, and room for a row's two lines of text.
  private static func lines(_ style: FigureStyle) -> Int { max(2, style.models.count) }

  static func lineHeight(_ style: FigureStyle) -> Double { 1.35 * style.text }
  private static func rowHeight(_ style: FigureStyle) -> Double {
    style.stretch * (Double(lines(style)) * lineHeight(style) + 0.75 * style.text)
  }

  static func height(rowCount: Int, header: Double, style: FigureStyle) -> Double {
    header + Double(rowCount) * rowHeight(style) + PlotArea.axisHeight(style)
  }

  /// The middle of a model's line in a row.
  func middle(row: Int, model: Int) -> Double {
    let center = top + (Double(row) + 0.5) * Self.rowHeight(style)
    return center + (Double(model) - Double(series.count - 1) / 2) * Self.lineHeight(style)
  }

  private func center(row: Int) -> Double { top + (Double(row) + 0.5) * Self.rowHeight(style) }

  /// Everything but the data and the axis.
  func draw<C: Canvas>(on canvas: inout C) {
    for (index, row) in rows.enumerated() {
      let center = center(row: index)
      let half = Self.lineHeight(style) / 2
      if row.isDivided {
        let y = center - Self.rowHeight(style) / 2
        canvas.line(Point(0, y), Point(width, y), .axis, width: style.thin)
      }
      let upper = row.detail == nil ? center : center - half
      canvas.text(row.label, x: 0, middle: upper, size: style.text, style: style)
      if let detail = row.detail {
        canvas.text(
          detail, x: 0, middle: center + half, size: style.small, ink: .muted,
          style: style)
      }
      for (model, value) in row.values.enumerated() {
        let y = middle(row: index, model: model)
        canvas.text(
          series[model].name, x: plot.right + 2 * style.gap, middle: y, size: style.small,
          ink: .muted, style: style)
        canvas.text(
          value, x: width, middle: y, anchor: .end, size: style.small, style: style)
      }
    }
  }
}
