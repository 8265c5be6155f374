import Analysis
import Rendering
import Testing

/// Exact content of the consistency page's figures.
@Suite struct MapFigureTests {
  let style = FigureStyle.page(font: HalfEmMeasure()).showing()
  let result = SampleResults.withMaps(SampleResults.result())

  private func marks(_ figure: (any Figure)?) throws -> RecordingCanvas {
    let figure: any Figure = try #require(figure)
    return RecordingCanvas.marks(of: figure, width: 640, style: style)
  }

  @Test func matricesShowEveryPairOnceWithItsNumber() throws {
    let canvas = try marks(ExitMatrices(result, .cosine))
    // Two rows of three panels, 15 pairs of 5 exits each.
    #expect(canvas.rectangles.count == 2 * 3 * 15)
    // Baseline and EGT are the same here: 5 on the diagonal, exits next to each other 0.85.
    #expect(canvas.texts.filter { $0 == "1.00" }.count == 10)
    #expect(canvas.texts.filter { $0 == ".85" }.count == 8)
    let white = try #require(canvas.rectangles.first)
    #expect(white.fill == .shade8)
    #expect(canvas.texts.filter { $0 == "EGT − baseline" }.count == 2)
    // The null differs by 0.15, of at most 0.2: the third of four steps.
    #expect(canvas.rectangles.filter { $0.fill == .higher3 }.count == 15)
  }

  @Test func matricesNeedTheSameNumberOfExits() {
    var other = result
    other.egt.matrix?.cells.removeLast()
    #expect(ExitMatrices(other, .cosine) == nil)
    other.egt.matrix = nil
    #expect(ExitMatrices(other, .centred) == nil)
  }

  @Test func distributionsMarkMeanAndNull() throws {
    let figure = try #require(ConsistencyDistributions(result))
    let canvas = RecordingCanvas.marks(of: figure, width: 640, style: style)
    // Key and one mean for each of four exits and two models.
    #expect(canvas.symbols.count == 2 + 8)
    #expect(figure.caption.contains("in bins of 0.025"))
    #expect(figure.summary.contains("exit 1: baseline mean 0.312"))
  }

  @Test func differencesSayHowManyAreAbove() throws {
    let figure = try #require(DeltaHistograms(result))
    let canvas = RecordingCanvas.marks(of: figure, width: 640, style: style)
    #expect(canvas.texts.filter { $0 == "80\u{A0}% above 0" }.count == 4)
    // Bins 35 to 39 lie below 0.
    #expect(canvas.rectangles.filter { $0.fill == .paper }.count == 4 * 5)
    #expect(canvas.rectangles.filter { $0.fill == .series1 }.count == 4 * 20)
    #expect(DeltaHistograms(SampleResults.result()) == nil)
  }

  @Test func panelsShowEveryExitAndChance() throws {
    let canvas = try marks(SimilarityPanels(result))
    // Four panels, four exits, two models; the key's two.
    #expect(canvas.symbols.count == 2 + 4 * 4 * 2)
    let chance = canvas.lines.filter { $0.stroke.ink == .axis && $0.stroke.width == 1.5 }
    #expect(chance.count == 1 + 3 * 4 * 2)
    let concentration = try marks(ConcentrationPanels(result))
    #expect(concentration.symbols.count == 2 + 3 * 5 * 2)
    let correctness = try marks(CorrectnessPanels(result))
    #expect(correctness.symbols.count == 2 + 2 * 4 * 2)
    #expect(correctness.symbols.filter { $0.symbol == .solidDiamond }.count == 4)
  }
}
