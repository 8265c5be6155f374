import Analysis
import Rendering
import Testing

@Suite struct LambdaPanelsTests {
  private func result(_ lambdas: [Double]) -> AuditResult {
    var result = SampleResults.result()
    result.sweep = LambdaSweep(
      runs: lambdas.enumerated().map { index, lambda in
        LambdaSweep.Run(
          lambda: lambda, seed: UInt64(index), cosine: lambda == 0 ? nil : 0.5 + lambda / 10,
          null: 0.4, centred: 0.1, accuracy: Estimate(0.9, low: 0.85, high: 0.93))
      })
    return result
  }

  @Test func threeLambdasAreNeeded() {
    #expect(LambdaPanels(result([0, 0.3, 0.3])) == nil)
    #expect(LambdaPanels(SampleResults.result()) == nil)
  }

  @Test func everyRunIsACircle() throws {
    let figure = try #require(LambdaPanels(result([0, 0.3, 0.3, 1])))
    let canvas = RecordingCanvas.marks(
      of: figure, width: 640, style: FigureStyle.page(font: HalfEmMeasure()).showing())
    // Two in the key; 3 of 4 have a cosine, and an excess; all an accuracy.
    #expect(canvas.symbols.count == 2 + 3 + 3 + 4)
    #expect(canvas.labels.count { $0.text == "λ" } == 3)
    for title in ["cosine", "cosine − null", "final accuracy (%)"] {
      #expect(canvas.labels.contains { $0.text == title })
    }
    #expect(
      figure.summary.contains(
        "λ = 0: cosine undefined; minus null undefined; accuracy 90.0\u{A0}%."))
    #expect(figure.summary.contains("λ = 0.3: cosine 0.530, 0.530; minus null 0.130, 0.130;"))
    #expect(figure.caption.contains("Wilson"))
  }

  /// The paper's numbers stand beside a sweep's, told apart in symbol, key and caption, and nowhere else.
  @Test func publishedNumbersAreBesideASweep() throws {
    var sweep = result([0, 0.3, 0.3, 0.35])
    #expect(try !#require(LambdaPanels(sweep)).caption.contains("2601.08891"))
    sweep.missing = []
    let figure = try #require(LambdaPanels(sweep))
    let canvas = RecordingCanvas.marks(
      of: figure, width: 640, style: FigureStyle.page(font: HalfEmMeasure()).showing())
    // One in the key; λ = 0 and 0.3 have a consistency and an accuracy; 0.4 lies outside the axis.
    #expect(canvas.symbols.count { $0.symbol == .hollowDiamond } == 1 + 2 + 2)
    #expect(canvas.labels.contains { $0.text == "published, other data" })
    #expect(figure.caption.contains("arXiv 2601.08891"))
  }
}
