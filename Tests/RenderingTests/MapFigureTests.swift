import Analysis
import Rendering
import TestSupport
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
    #expect(canvas.texts.filter { $0 == "EGT − Baseline" }.count == 2)
    // The null differs by 0.15, of at most 0.2: the third of four steps.
    #expect(canvas.rectangles.filter { $0.fill == .higher3 }.count == 15)
  }

  @Test func modelsOfOtherExitsHaveMatricesAndNoDifference() throws {
    var other = result
    other.egt.matrix?.cells.removeLast()
    let both = try #require(ExitMatrices(other, .cosine))
    #expect(try marks(both).rectangles.count == 2 * (15 + 10))
    #expect(!both.caption.contains("Differences"))
    other.egt.matrix = nil
    #expect(try marks(ExitMatrices(other, .centred)).rectangles.count == 2 * 15)
    other.baseline.matrix = nil
    #expect(ExitMatrices(other, .centred) == nil)
  }

  @Test func aModelAloneHasNoDifferences() throws {
    let alone = SampleModels.results[0].1
    #expect(DeltaHistograms(alone) == nil && DisagreementBars(alone) == nil)
    #expect(try marks(ExitMatrices(alone, .cosine)).rectangles.count == 2 * 15)
    #expect(ConcentrationPanels(alone) != nil && ExitShares(alone) != nil)
  }

  /// Of six models five are shown, or those that are named; each comparison has its panels in its model's ink.
  @Test func everyComparisonHasItsPanels() throws {
    let six = try #require(SampleModels.results.last).1
    let names = SampleModels.names
    func canvas(_ figure: (some Figure)?, _ models: [Int]) throws -> RecordingCanvas {
      RecordingCanvas.marks(
        of: try #require(figure), width: 640,
        style: FigureStyle.page(font: HalfEmMeasure()).showing(models.map { names[$0] }))
    }
    let differences = try canvas(DeltaHistograms(six), [0, 1, 2, 3, 4])
    // Three early exits.
    #expect(differences.texts.filter { $0 == "exit 1" }.count == 4)
    for ink in [Ink.series1, .series2, .series3, .series4] {
      #expect(differences.rectangles.filter { $0.fill == ink }.count == 3 * 20)
    }
    #expect(differences.texts.contains("\(names[4]) − \(names[0])"))
    #expect(!differences.texts.contains { $0.contains(names[5]) })
    let bars = try canvas(DisagreementBars(six, shown: [0, 5]), [0, 5])
    #expect(bars.texts.contains("only \(names[5]) right"))
    // Four exits and where images leave.
    #expect(bars.rectangles.filter { $0.fill == .series1 }.count == 5)
    let matrices = try canvas(ExitMatrices(six, .cosine), [0, 1, 2, 3, 4])
    #expect(matrices.rectangles.count == 2 * (5 + 4) * 10)
  }

  @Test func distributionsMarkMeanAndNull() throws {
    let figure = try #require(ConsistencyDistributions(result))
    let canvas = RecordingCanvas.marks(of: figure, width: 640, style: style)
    // Key and one mean for each of four exits and two models.
    #expect(canvas.symbols.count == 2 + 8)
    #expect(figure.caption.contains("in bins of 0.025"))
    #expect(figure.summary.contains("exit 1: Baseline mean 0.312"))
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
