import Analysis
import Rendering
import TestSupport
import Testing

@Suite struct DisagreementFigureTests {
  private func marks(_ result: AuditResult) throws -> RecordingCanvas {
    RecordingCanvas.marks(
      of: try #require(DisagreementBars(result)), width: 640,
      style: .page(font: HalfEmMeasure()).showing())
  }

  @Test func nothingToShowIsNoFigure() {
    #expect(DisagreementBars(SampleResults.result()) == nil)
  }

  @Test func barsGoBothWaysByTheirCounts() throws {
    let canvas = try marks(SampleDisagreement.usual)
    // Five exits and where images leave, the baseline's bar first.
    #expect(canvas.rectangles.count == 12)
    let unit = canvas.rectangles[0].rect.width / 10
    for row in 0..<6 {
      let (left, right) = (canvas.rectangles[2 * row], canvas.rectangles[2 * row + 1])
      #expect(abs(left.rect.width - unit * Double(10 * (row + 1))) < 1e-6)
      #expect(abs(right.rect.width - unit * 20) < 1e-6)
      #expect(abs(left.rect.right - right.rect.x) < 1e-6)
      #expect(left.fill == .paper && left.stroke?.ink == .series0 && right.fill == .series1)
    }
    #expect(canvas.texts.contains("only Baseline right") && canvas.texts.contains("only EGT right"))
    #expect(canvas.texts.contains("exit 5") && canvas.texts.contains("on leaving"))
    // Counts stand beyond their bars, the baseline's to the left.
    let counts = canvas.labels.filter { $0.text == "30" }
    #expect(counts.contains { $0.anchor == .end && $0.position.x < canvas.rectangles[4].rect.x })
    // No side of the axis is negative.
    #expect(!canvas.texts.contains { $0.hasPrefix("−") })
  }

  @Test func noImageIsNoBar() throws {
    let canvas = try marks(SampleDisagreement.results[1].1)
    #expect(canvas.rectangles.isEmpty && canvas.texts.count { $0 == "0" } >= 4)
  }

  @Test func captionHasWhatBarsLeaveOut() throws {
    var result = SampleDisagreement.usual
    let figure = try #require(DisagreementBars(result))
    #expect(figure.caption.contains("n\u{A0}=\u{A0}1,364 samples. Bars"))
    #expect(figure.caption.contains("exit 1 1,000\u{A0}/\u{A0}334; exit 2 1,000\u{A0}/\u{A0}324"))
    #expect(figure.summary.contains("exit 3: only Baseline right 30, only EGT right 20"))
    result.baseline.seeds = [1, 2]
    #expect(DisagreementBars(result)?.caption.contains("the first run of each model") == true)
  }
}
