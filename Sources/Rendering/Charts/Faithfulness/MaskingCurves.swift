import Analysis

/// Mean probability of the exit's own answer while pixels are masked, one small plot an exit.
package struct MaskingCurves: Figure {
  /// What is done to pixels; the raw value is the figure's name.
  package enum Kind: String, Sendable {
    /// Deletion and insertion, beside random order.
    case masking = "masking-curves"
    case road = "road-curves"
  }

  /// The kind's raw value, as in `FigureCatalogue`; the stem of its files for a paper.
  package let name: String
  /// By kind: "Deletion and insertion" or "ROAD: removal with imputation".
  package let title: String
  /// Says what becomes of masked pixels, how a good map's curve runs, n, and where intervals are.
  package let caption: String
  /// Per group and exit: each model's probability halfway along its curve.
  package let summary: String

  /// Plots of one kind of masking, side by side.
  private struct Group {
    var heading: String
    var panels: [Panel]
  }

  private struct Panel {
    var exit: Int
    /// [model]
    var lines: [[Point]]
    /// [model], in random order.
    var randomLines: [[Point]]
  }

  private let groups: [Group]
  private let exitCount: Int

  /// nil where no model has a curve of the kind.
  package init?(_ result: AuditResult, _ kind: Kind, shown: [Int]? = nil) {
    let names = result.shown(shown).map(\.name)
    let entries = result.shown(shown).map(\.faithfulness)
    let count = entries.compactMap { $0?.exits.count }.max() ?? 0
    func group(
      _ heading: String, _ curve: (ExitFaithfulness) -> [Point],
      random: (ExitFaithfulness) -> [Point] = { _ in [] }
    ) -> Group {
      func lines(_ exit: Int, _ path: (ExitFaithfulness) -> [Point]) -> [[Point]] {
        entries.map { entry in
          guard let entry, exit < entry.exits.count else { return [] }
          return path(entry.exits[exit])
        }
      }
      return Group(
        heading: heading,
        panels: (0..<count).map {
          Panel(exit: $0 + 1, lines: lines($0, curve), randomLines: lines($0, random))
        })
    }
    func points(_ fractions: [Double]?, _ values: [Double]?) -> [Point] {
      zip(fractions ?? [], values ?? []).map { Point(100 * $0, $1) }
    }
    let all: [Group]
    switch kind {
    case .masking:
      all = [
        group("deletion: most attended pixels first") {
          points($0.masking?.fractions, $0.masking?.deletion.curve)
        } random: {
          points($0.masking?.fractions, $0.masking?.deletion.randomCurve)
        },
        group("insertion: most attended pixels first") {
          points($0.masking?.fractions, $0.masking?.insertion.curve)
        } random: {
          points($0.masking?.fractions, $0.masking?.insertion.randomCurve)
        },
      ]
    case .road:
      all = [
        group("most attended pixels removed") {
          points($0.road?.fractions, $0.road?.mostRelevantFirst.probabilities)
        },
        group("least attended pixels removed") {
          points($0.road?.fractions, $0.road?.leastRelevantFirst.probabilities)
        },
      ]
    }
    guard all.contains(where: { $0.panels.contains { $0.lines.contains { !$0.isEmpty } } }) else {
      return nil
    }
    groups = all
    exitCount = count
    name = kind.rawValue
    switch kind {
    case .masking:
      title = "Deletion and insertion"
      caption = """
        Mean probability of the exit’s own answer to the whole image, by the share of pixels deleted (they become the \
        training images’ mean) or inserted (into a blurred image), the pixels that the exit’s map marks most first. Grey: \
        the same in random order. A map that shows what the answer depends on falls faster than grey in the upper \
        row and rises faster in the lower one. \(FaithfulnessText.samples(result)) No intervals; those of the areas \
        between the curves are in the table.
        """
    case .road:
      title = "ROAD: removal with imputation"
      caption = """
        Mean probability of the exit’s own answer to the whole image after so many pixels were removed and imputed from \
        their neighbours, with a little noise: unlike a constant colour, this leaves no outline to read. A map that shows \
        what the answer depends on falls early above and late below. \(FaithfulnessText.samples(result)) No \
        intervals; that of the gap between the rows is in the table.
        """
    }
    summary = Self.words(all, names)
  }

  private static func words(_ groups: [Group], _ names: [String]) -> String {
    groups.map { group in
      let exits = group.panels.map { panel in
        let models = zip(names, panel.lines).map { name, line in
          let middle = line.isEmpty ? nil : line[line.count / 2]
          return middle.map {
            "\(name) \(NumberText.fixed($0.y, decimals: 2)) at \(NumberText.percent($0.x / 100, decimals: 0))"
          } ?? "\(name) not recorded"
        }
        return "exit \(panel.exit) \(models.joined(separator: ", "))"
      }
      return "\(group.heading): \(exits.joined(separator: "; "))."
    }.joined(separator: " ")
  }

  // MARK: Drawing

  private static let tickCount = 3
  private var scale: AxisScale { AxisScale(low: 0, high: 1, start: 0, end: 1) }

  private func gutter(_ style: FigureStyle) -> Double {
    PlotArea.labelWidth(scale.ticks(count: Self.tickCount), style: style) + 1.5 * style.gap
  }

  /// Where the plots of a group lie below a height, and where the group ends.
  private func layout(
    _ group: Group, top: Double, width: Double, style: FigureStyle
  ) -> (plots: [Rect], bottom: Double) {
    let gap = 2.2 * style.text
    let row = Rect(
      x: gutter(style), y: 0, width: width - gutter(style) - style.gap - style.small,
      height: max(0.2 * width, 5 * style.text))
    return PlotArea.rows(
      of: group.panels.count, upTo: exitCount, line: row, narrowest: 6 * style.text, gap: gap,
      top: top + 1.2 * style.lineHeight, style: style)
  }

  /// The key and both groups of plots; `style.stretch` does not change it.
  package func height(width: Double, style: FigureStyle) -> Double {
    groups.reduce(SeriesKey().height(width: width, style: style)) { top, group in
      layout(group, top: top, width: width, style: style).bottom
    }
  }

  /// One line a name in `style.models`, in the order shown; `height` is not used.
  package func draw<C: Canvas>(
    on canvas: inout C, width: Double, height: Double, style: FigureStyle
  ) {
    SeriesKey().draw(on: &canvas, width: width, style: style)
    var top = SeriesKey().height(width: width, style: style)
    for group in groups {
      let (plots, bottom) = layout(group, top: top, width: width, style: style)
      canvas.text(
        group.heading, x: plots[0].x, middle: top + 0.5 * style.lineHeight, size: style.text,
        style: style)
      for (panel, plot) in zip(group.panels, plots) {
        draw(panel, in: plot, isLabelled: plot.x == plots[0].x, on: &canvas, style: style)
      }
      top = bottom
    }
  }

  private func draw<C: Canvas>(
    _ panel: Panel, in rect: Rect, isLabelled: Bool, on canvas: inout C, style: FigureStyle
  ) {
    var vertical = scale
    (vertical.start, vertical.end) = (rect.bottom, rect.y)
    let horizontal = AxisScale(low: 0, high: 100, start: rect.x, end: rect.right)
    let area = PlotArea(rect: rect, style: style)
    let ticks = vertical.ticks(count: Self.tickCount)
    area.drawVerticalAxis(
      on: &canvas, scale: vertical, ticks: isLabelled ? ticks : ticks.map { ($0.value, "") })
    area.drawHorizontalAxis(
      on: &canvas, scale: horizontal, ticks: horizontal.ticks(count: 2), title: "pixels (%)")
    area.drawTitleAbove("exit \(panel.exit)", x: rect.x, on: &canvas)
    func placed(_ line: [Point]) -> [Point] {
      line.map { Point(horizontal.position(of: $0.x), vertical.position(of: $0.y)) }
    }
    let series = SeriesStyle.all(style)
    for (series, line) in zip(series, panel.randomLines) where line.count > 1 {
      canvas.draw(
        .line(placed(line), Stroke(.axis, width: 1.5 * style.thin, dash: series.dash)))
    }
    // The dashed line over the solid one: both show where they agree.
    for (series, line) in zip(series, panel.lines).reversed() where line.count > 1 {
      canvas.draw(.line(placed(line), Stroke(series.ink, width: style.line, dash: series.dash)))
    }
  }
}
