import Analysis
import Recordings
import Rendering
import TensorCore
import TestSupport
import Testing

/// Exact positions, worked out by hand on a page 640 wide with every character half an em wide.
@Suite struct ChartTests {
  let style = FigureStyle.page(font: HalfEmMeasure()).showing()

  private func marks(_ figure: (any Figure)?) throws -> RecordingCanvas {
    let figure: any Figure = try #require(figure)
    return RecordingCanvas.marks(of: figure, width: 640, style: style)
  }

  /// Where data values fall, from two ticks of the horizontal axis.
  private func horizontal(_ canvas: RecordingCanvas, _ low: String, _ high: String) throws
    -> (Double) -> Double
  {
    let from = try #require(canvas.labels.first { $0.text == low && $0.anchor == .middle })
    let to = try #require(canvas.labels.first { $0.text == high && $0.anchor == .middle })
    let (start, end) = (try #require(Double(low)), try #require(Double(high)))
    return { value in
      from.position.x + (value - start) / (end - start) * (to.position.x - from.position.x)
    }
  }

  private func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-6 }

  // MARK: F1

  @Test func consistencyShowsMeanIntervalAndChanceOfEachExitAndModel() throws {
    let result = SampleResults.result()
    let canvas = try marks(ConsistencyDotPlot(result))
    let x = try horizontal(canvas, "0.0", "1.0")
    // Four early exits and the mean, two models each; row by row, the baseline first.
    let expected = [0.312, 0.655, 0.401, 0.702, 0.455, 0.768, 0.628, 0.905, 0.449, 0.7575]
    #expect(canvas.symbols.count == 10)
    for (index, symbol) in canvas.symbols.enumerated() {
      #expect(near(symbol.center.x, x(expected[index])))
      #expect(symbol.symbol == (index % 2 == 0 ? .hollowCircle : .solidCircle))
      #expect(symbol.ink == (index % 2 == 0 ? .series0 : .series1))
    }
    let whiskers = canvas.lines.filter { [.series0, .series1].contains($0.stroke.ink) }
    #expect(whiskers.count == 10)
    #expect(near(whiskers[0].points[0].x, x(0.304)) && near(whiskers[0].points[1].x, x(0.320)))
    // The key's band, then one from 0 to each null (0.8·cosine − 0.05).
    let bands = canvas.rectangles.filter { $0.fill == .chance }
    #expect(bands.count == 11)
    for (band, cosine) in zip(bands.dropFirst(), expected) {
      #expect(near(band.rect.x, x(0)) && near(band.rect.right, x(0.8 * cosine - 0.05)))
    }
    #expect(canvas.texts.filter { $0 == "Baseline" }.count == 5)
    #expect(canvas.texts.contains("0.312") && canvas.texts.contains("32 × 32"))
  }

  @Test func undefinedAndAbsentExitsAreWordsInTheirRow() throws {
    let canvas = try marks(ConsistencyDotPlot(SampleFigures.odd))
    let middle = { (text: String) in
      canvas.labels.filter { $0.text == text }.map(\.position.y)
    }
    // Baseline: exits 1 and 3 and the mean; EGT: 3 is its final exit, there is no 4.
    #expect(middle("undefined").count == 3)
    #expect(middle("final exit").count == 1 && middle("no such exit").count == 1)
    let exits = try ["exit 1", "exit 3", "exit 4"].map { try #require(middle($0).first) }
    #expect(middle("undefined")[0] - exits[0] < 2)
    #expect(middle("final exit")[0] > exits[1] && middle("final exit")[0] < exits[2])
    // Negative cosines widen the axis.
    #expect(canvas.texts.contains("−1.0"))
    #expect(!canvas.rectangles.contains { $0.rect.width < 0 })
  }

  @Test func consistencyNeedsAnEarlyExit() {
    let one = SampleResults.arm(.egt, cosines: [], accuracies: [0.9], shares: [1])
    #expect(ConsistencyDotPlot(SampleResults.result(baseline: one, egt: one)) == nil)
  }

  @Test func captionSaysHowManyAndWhatTheIntervalIs() throws {
    var result = SampleResults.result()
    result.egt.exits[1].n = 1360
    result.egt.exits[1].undefined = 4
    let figure = try #require(ConsistencyDotPlot(result))
    #expect(figure.caption.contains("n\u{A0}=\u{A0}1,360 to 1,364"))
    #expect(
      figure.caption.contains(
        "95\u{A0}% bootstrap intervals (BCa) over samples (2,000 resamples)"))
    #expect(figure.caption.contains("4 undefined cosines"))
    #expect(
      figure.summary.hasPrefix(
        "exit 1: Baseline 0.312 (95\u{A0}% CI 0.304 to 0.320, null 0.200); EGT 0.655"))
  }

  @Test func captionsSayWhenIntervalsAndSamplesAreOthers() throws {
    var result = SampleResults.result()
    let usual = try #require(AccuracyCostCurve(result)).caption
    #expect(usual.contains("n\u{A0}=\u{A0}1,364 samples.") && usual.contains("Wilson"))
    result.egt.seeds = [1, 2]
    result.pairingRefusal = "other samples"
    for figure in SampleFigures.charts(of: result) {
      #expect(figure.caption.contains("the seeds held fixed"))
      #expect(figure.name == "consistency" || figure.caption.contains("EGT saw others"))
    }
  }

  // MARK: F2

  @Test func costCurveMarksExitsAndThreshold() throws {
    let canvas = try marks(AccuracyCostCurve(SampleResults.result()))
    let x = try horizontal(canvas, "0", "250")
    let diamonds = canvas.symbols.filter { [.hollowDiamond, .solidDiamond].contains($0.symbol) }
    // The last two are the key's.
    #expect(diamonds.count == 4)
    #expect(near(diamonds[0].center.x, x(90)) && near(diamonds[1].center.x, x(84)))
    // Equal costs are set apart by the same distance on both sides of the true one.
    let hollow = canvas.symbols.filter { $0.symbol == .hollowCircle }
    let solid = canvas.symbols.filter { $0.symbol == .solidCircle }
    #expect(hollow.count == 5 && solid.count == 5)
    for (index, cost) in [7.1, 83, 158.9, 234.6, 271.5].enumerated() {
      #expect(near((hollow[index].center.x + solid[index].center.x) / 2, x(cost)))
      #expect(hollow[index].center.x < solid[index].center.x)
    }
    let curves = canvas.lines.filter { $0.points.count > 2 }
    #expect(curves.map(\.stroke.ink) == [.series1, .series0])
    #expect(curves[0].stroke.dash.isEmpty && curves[1].stroke.dash == [6, 4])
    #expect(near(curves[1].points[0].x, x(7.1)) && near(curves[1].points.last!.x, x(271.5)))
    #expect(canvas.texts.contains("mean cost a sample (MMAC)"))
    #expect(canvas.texts.contains("τ\u{A0}=\u{A0}0.9"))
    #expect(canvas.texts.filter { $0 == "Baseline" || $0 == "EGT" }.count == 2)
  }

  @Test func accuracyAxisPlacesValuesLinearly() throws {
    let canvas = try marks(AccuracyCostCurve(SampleResults.result()))
    let tick = { (text: String) in
      try #require(canvas.labels.first { $0.text == text && $0.anchor == .end }).position.y
    }
    let (at70, at90) = (try tick("70"), try tick("90"))
    let shift = 0.35 * style.small
    for (symbol, accuracy) in zip(
      canvas.symbols.filter { $0.symbol == .hollowCircle }, [70.2, 79.1, 83.4, 85.7, 85.9])
    {
      #expect(near(symbol.center.y, at70 - shift + (accuracy - 70) / 20 * (at90 - at70)))
    }
  }

  @Test func costsThreeDecadesApartGetALogarithmicAxis() throws {
    let canvas = try marks(AccuracyCostCurve(SampleFigures.odd))
    let tick = { (text: String) in
      try #require(canvas.labels.first { $0.text == text && $0.anchor == .middle }).position.x
    }
    // A decade is a decade.
    #expect(near(try tick("1") - tick("0.1"), try tick("100") - tick("10")))
    #expect(near(try tick("10") - tick("1"), try tick("20") - tick("2")))
    // Costs differ between the models, so every exit carries its own number.
    #expect(canvas.texts.filter { $0 == "2" }.count >= 2)
  }

  @Test func unknownCostsGiveNoCurve() {
    let unknown = SampleResults.arm(
      .baseline, cosines: [0.5], accuracies: [0.8, 0.9], shares: [0.5, 0.5],
      macs: [0, 0, 0, 0, 0], meanMacs: nil)
    #expect(AccuracyCostCurve(SampleResults.result(baseline: unknown, egt: unknown)) == nil)
    let half = SampleResults.result(baseline: unknown)
    #expect(AccuracyCostCurve(half)?.summary.hasPrefix("EGT: exit 1 69.5") == true)
  }

  // MARK: F3

  @Test func sharesAreBarsFromZero() throws {
    let canvas = try marks(ExitShares(SampleResults.result()))
    let x = try horizontal(canvas, "0", "30")
    let bars = canvas.rectangles
    let expected = [27.9, 30.5, 26.8, 26.2, 17.1, 15.8, 10.2, 9.5, 18, 18]
    #expect(bars.count == 10)
    for (index, bar) in bars.enumerated() {
      #expect(near(bar.rect.x, x(0)) && near(bar.rect.right, x(expected[index])))
      #expect(bar.fill == (index % 2 == 0 ? .paper : .series1))
      #expect(bar.stroke?.ink == (index % 2 == 0 ? .series0 : .series1))
    }
    #expect(canvas.texts.contains("27.9\u{A0}%") && canvas.texts.contains("exit 5"))
  }

  @Test func everyoneLeavingAtOneExitFillsTheAxis() throws {
    let canvas = try marks(ExitShares(SampleFigures.single))
    let x = try horizontal(canvas, "0", "100")
    #expect(near(canvas.rectangles[0].rect.right, x(100)))
    #expect(canvas.texts.contains("no such exit"))
  }

  // MARK: F4

  @Test func trainingHasOnePanelAQuantityAndExit() throws {
    let canvas = try marks(SampleFigures.figures(named: "training").first)
    let curves = canvas.lines.filter { $0.points.count > 2 }
    #expect(curves.count == 14)
    #expect(curves.allSatisfy { $0.points.count == 50 })
    #expect(curves.filter { $0.stroke.ink == .series0 }.allSatisfy { !$0.stroke.dash.isEmpty })
    #expect(canvas.texts.contains("validation accuracy (%)") && canvas.texts.contains("exit 5"))
  }

  @Test func accuracyAxisEndsAtAHundred() throws {
    let row = Provenance.HistoryRow(
      epoch: 1, learningRate: 1e-3, lambda: 0, loss: 1, consistencyLoss: 0.5, crossEntropy: [1],
      trainingAccuracy: [0.4], validationAccuracy: [0.4])
    var last = row
    (last.epoch, last.validationAccuracy) = (2, [1])
    let labels = try marks(TrainingCurves(histories: [("Baseline", [row, last]), ("EGT", [])]))
      .texts
    #expect(labels.contains("100") && !labels.contains("120"))
  }

  @Test func gapsBreakLinesAndTrainingAccuracyStandsIn() throws {
    let canvas = try marks(SampleFigures.figures(named: "gaps").first)
    let curves = canvas.lines.filter { $0.points.count > 2 && $0.stroke.ink == .series1 }
    // Loss in two pieces around epoch 20; the consistency term ends at epoch 40.
    #expect(curves.prefix(3).map(\.points.count) == [19, 30, 40])
    #expect(TrainingCurves(histories: [("Baseline", []), ("EGT", [])]) == nil)
    let one = try #require(SampleFigures.figures(named: "one history").first)
    #expect(one.summary.hasPrefix("Baseline: no history."))
    #expect(one.caption.contains("λ = 0.3 (EGT)"))
  }

  // MARK: Reliability

  /// Whatever numbers a training leaves behind, its curves have axes.
  @Test(arguments: [
    [1e19, 2e19], [1e300, 1.7e308], [-1.7e308, 1.7e308], [1e-320, 2e-320], [3, 3.000_000_000_001],
    [1e30, 1e30], [.infinity, .nan],
  ])
  func anyLossesHaveAxes(losses: [Double]) throws {
    let rows = losses.enumerated().map { epoch, loss in
      Provenance.HistoryRow(
        epoch: epoch * 999_999_999, learningRate: loss, lambda: loss, loss: loss,
        consistencyLoss: -loss, crossEntropy: [loss, loss], trainingAccuracy: [0, 1],
        validationAccuracy: [])
    }
    let texts = try marks(TrainingCurves(histories: [("Baseline", rows), ("EGT", rows)])).texts
    #expect(texts.contains("epoch") && texts.allSatisfy { $0.count < 60 }, "\(texts)")
  }

  @Test func reliabilityPlacesAccuracyOverConfidenceAndCountsBelow() throws {
    let canvas = try marks(ReliabilityDiagram(SampleFigures.calibrated[0].1))
    // In the first panel: the share axis's labels, and the confidence axis's.
    let x = try horizontal(canvas, "0", "1")
    let tick = { (text: String) in
      try #require(canvas.labels.first { $0.text == text && $0.anchor == .end }).position.y
    }
    let (bottom, top) = (try tick("0") - 0.35 * style.small, try tick("1") - 0.35 * style.small)
    // Behind the key's two.
    let points = canvas.symbols.dropFirst(2)
    // Two empty bins of 15; five panels of two models.
    #expect(points.count == 13 * 10)
    let hollow = points.first { $0.symbol == .hollowCircle }
    #expect(near(hollow?.center.x ?? 0, x(2.5 / 15)))
    #expect(near(hollow?.center.y ?? 0, bottom + (2.5 / 15 + 0.1) * (top - bottom)))
    // The largest bin fills its row, and its count is given: 1364 · 15 / 117.
    #expect(canvas.texts.filter { $0 == "max 174" }.count == 5)
    let bars = canvas.rectangles.filter { $0.fill == .series1 }.prefix(13)
    let tallest = try #require(bars.last)
    #expect(near(tallest.rect.right, x(1) - 0.5 * style.thin))
    #expect(bars.allSatisfy { $0.rect.height <= tallest.rect.height })
    #expect(
      near(bars[bars.startIndex].rect.height / tallest.rect.height, Double(1364 * 3 / 117) / 174))
  }

  @Test func binsOfFewAnswersAreCountedOnly() throws {
    let canvas = try marks(ReliabilityDiagram(SampleFigures.calibrated[1].1))
    #expect(canvas.symbols.count == 2, "the key's")
    #expect(canvas.rectangles.count { $0.fill == .series1 } == 13)
    #expect(ReliabilityDiagram(SampleResults.result()) == nil)
  }
}
