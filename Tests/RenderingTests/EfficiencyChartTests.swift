import Analysis
import Rendering
import TestSupport
import Testing

/// What the efficiency page's charts show, by position and by words.
@Suite struct EfficiencyChartTests {
  private let style = FigureStyle.page(font: HalfEmMeasure()).showing()

  private func marks(_ figure: (any Figure)?) throws -> RecordingCanvas {
    let figure: any Figure = try #require(figure)
    return RecordingCanvas.marks(of: figure, width: 640, style: style)
  }

  private func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-6 }

  @Test func budgetCurvesStepAtEveryExit() throws {
    let result = SampleLedgers.usual
    let canvas = try marks(BudgetCurves(result, policy: .confidence))
    // Two lines a panel; the anytime ones have a corner more between any two exits.
    let lines = canvas.lines.filter {
      [.series0, .series1].contains($0.stroke.ink) && $0.points.count > 2
    }
    #expect(lines.prefix(2).allSatisfy { $0.points.count == 2 * 5 - 1 })
    let step = lines[0].points
    #expect(near(step[0].y, step[1].y) && near(step[1].x, step[2].x))
    // A circle an exit and model, and one a budgeted point that differs from the one before.
    let points = [result.baseline, result.egt].map { arm in
      var distinct: [[Double]] = []
      for point in arm.ledger!.policies[0].budgeted {
        let pair = [point.meanMacs, point.accuracy]
        if distinct.last != pair { distinct.append(pair) }
      }
      return distinct.count
    }
    // The key has one circle a model.
    #expect(canvas.symbols.count == 2 + 10 + points[0] + points[1])
  }

  @Test func withoutValidationThereIsNoBudgetedPanel() throws {
    let figure = try #require(
      BudgetCurves(SampleLedgers.withoutValidation, policy: .confidence))
    let canvas = try marks(figure)
    #expect(!canvas.texts.contains("budgeted: accuracy (%)"))
    #expect(figure.caption.contains("no validation answers"))
    #expect(BudgetCurves(SampleLedgers.withoutCosts, policy: .confidence) == nil)
    #expect(PolicyPanels(SampleLedgers.withoutCosts) == nil)
    #expect(OverthinkingBars(SampleResults.result()) == nil)
  }

  @Test func thresholdCurvesMarkTheAuditsThreshold() throws {
    let canvas = try marks(ThresholdCurves(SampleLedgers.usual, policy: .confidence))
    let diamonds = canvas.symbols.filter { [.hollowDiamond, .solidDiamond].contains($0.symbol) }
    #expect(diamonds.count == 4)
    // 0.9 of the way along each panel's axis, between its ticks 0.0 and 1.0.
    let zero = canvas.labels.filter { $0.text == "0.0" && $0.anchor == .middle }.map(\.position.x)
    let one = canvas.labels.filter { $0.text == "1.0" && $0.anchor == .middle }.map(\.position.x)
    #expect(near(diamonds[0].center.x, zero[0] + 0.9 * (one[0] - zero[0])))
    #expect(near(diamonds[2].center.x, zero[1] + 0.9 * (one[1] - zero[1])))
    // Patience: a circle a setting, exit and panel, besides the key's two.
    let patience = try marks(ThresholdCurves(SampleLedgers.usual, policy: .patience))
    #expect(patience.symbols.count == 2 + 2 * 2 * 5)
    // Without costs one panel.
    let bare = try marks(ThresholdCurves(SampleLedgers.withoutCosts, policy: .entropy))
    #expect(bare.texts.filter { $0 == "entropy threshold τ" }.count == 1)
  }

  @Test func overthinkingBarsEndAtTheirShares() throws {
    let result = SampleLedgers.usual
    let canvas = try marks(OverthinkingBars(result))
    let bars = canvas.rectangles.filter { $0.stroke != nil }
    #expect(bars.count == 8)
    let low = try #require(canvas.labels.first { $0.text == "0" && $0.anchor == .middle }).position
      .x
    let tick = try #require(canvas.labels.first { $0.text == "20" && $0.anchor == .middle })
      .position.x
    let over = [result.baseline, result.egt].map { $0.ledger!.overthinking }
    let shares = [\Overthinking.wasteful, \.destructive, \.onlyFinal, \.never].flatMap { part in
      over.map { $0[keyPath: part].share.value }
    }
    for (bar, share) in zip(bars, shares) {
      #expect(near(bar.rect.width, share * 5 * (tick - low)))
    }
  }

  @Test func latencyDotsShowMedianAndPercentiles() throws {
    let figure = try #require(
      LatencyDots([("Baseline", SampleLedgers.latency(1)), ("EGT", SampleLedgers.latency(1.1))]))
    let canvas = try marks(figure)
    #expect(canvas.symbols.count == 12)
    let whiskers = canvas.lines.filter { [.series0, .series1].contains($0.stroke.ink) }
    #expect(whiskers.count == 12)
    #expect(canvas.texts.contains("0.042\u{A0}ms") && canvas.texts.contains("12.4\u{A0}ms"))
    #expect(figure.summary.contains("early stop: Baseline 1.10"))
    var other = SampleLedgers.latency(1)
    other.earlyStop.threshold = 0.5
    let mixed = try marks(
      LatencyDots([("Baseline", SampleLedgers.latency(1)), ("EGT", other)]))
    #expect(mixed.texts.filter { $0 == "not measured" }.count == 1)
    #expect(LatencyDots([("Baseline", nil), ("EGT", nil)]) == nil)
  }
}
