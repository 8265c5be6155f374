import Analysis
import CairoKit
import Rendering
import Testing

@Suite struct FaithfulnessFigureTests {
  private let style: FigureStyle

  init() throws { style = .page(font: try Font()).showing() }

  private func marks(_ figure: (some Figure)?) throws -> RecordingCanvas {
    RecordingCanvas.marks(of: try #require(figure), width: 640, style: style)
  }

  private let faithful = SampleFaithfulness.results[0].1

  @Test func nothingToShowIsNoFigure() {
    let result = SampleResults.result()
    #expect(FaithfulnessPanels(result) == nil && GradCAMPanels(result) == nil)
    #expect(MaskingCurves(result, .masking) == nil && MaskingCurves(result, .road) == nil)
    #expect(RandomWeightPanels(result) == nil)
    let part = SampleFaithfulness.results[2].1
    #expect(MaskingCurves(part, .masking) == nil && FaithfulnessPanels(part) == nil)
    #expect(RandomWeightPanels(part) == nil && GradCAMPanels(part) != nil)
  }

  /// Five exits, two kinds, two models, each beside its random order.
  @Test func curvesStandBesideRandomOrder() throws {
    let canvas = try marks(MaskingCurves(faithful, .masking))
    let curves = canvas.lines.filter { $0.points.count == 5 }
    #expect(curves.count { $0.stroke.ink == .series0 } == 10)
    #expect(curves.count { $0.stroke.ink == .series1 } == 10)
    #expect(curves.count { $0.stroke.ink == .axis } == 20)
    // y grows downwards: the map's deletion curve lies below the random one in the middle.
    let own = try #require(curves.first { $0.stroke.ink == .series0 })
    let random = try #require(curves.first { $0.stroke.ink == .axis })
    #expect(own.points[2].y > random.points[2].y)
    #expect(own.points[0].y == random.points[0].y)
    // The model's own dash, so that grey lines tell whose they are.
    #expect(Set(curves.filter { $0.stroke.ink == .axis }.map(\.stroke.dash.isEmpty)).count == 2)
  }

  @Test func roadStandsAtItsFractions() throws {
    let canvas = try marks(MaskingCurves(faithful, .road))
    let curves = canvas.lines.filter { $0.points.count == 3 && $0.stroke.ink == .series1 }
    #expect(curves.count == 10)
    let ticks = canvas.labels.filter { $0.text == "50" }
    #expect(ticks.contains { abs($0.position.x - curves[0].points[1].x) < 1e-6 })
  }

  @Test func gainsShowZeroAndIntervals() throws {
    let canvas = try marks(FaithfulnessPanels(faithful))
    // The key's two, then three quantities of five exits and two models.
    #expect(canvas.symbols.count == 2 + 30)
    #expect(canvas.texts.contains("0: an order that knows nothing"))
    #expect(canvas.texts.contains("deletion: gain") && canvas.texts.contains("ROAD: gap"))
  }

  @Test func stagesWithoutANumberAreLeftOut() throws {
    let canvas = try marks(RandomWeightPanels(faithful))
    // Exits of 2…6 stages; EGT lacks the second of each.
    #expect(canvas.symbols.count { $0.ink == .series0 } == 1 + 20)
    #expect(canvas.symbols.count { $0.ink == .series1 } == 1 + 15)
  }

  @Test func captionsSayWhatAndHowMany() throws {
    let figures: [(any Figure)?] = [
      FaithfulnessPanels(faithful), MaskingCurves(faithful, .masking),
      MaskingCurves(faithful, .road), RandomWeightPanels(faithful), GradCAMPanels(faithful),
    ]
    for figure in figures {
      let figure = try #require(figure)
      #expect(figure.caption.contains("n\u{A0}=\u{A0}200 of 1,364 samples"), "\(figure.name)")
      #expect(!figure.summary.isEmpty)
    }
  }
}
