import CairoKit
import ImageCodec
import Rendering
import TensorCore

/// The charts of a report, numbered in the order in which pages show them.
enum ReportFigures {
  /// A column of a two-column paper, in points; pictures at 300 pixels an inch.
  private static let columnWidth = 252.0
  private static let pixelsPerInch = 300.0

  /// Which table under `data/` holds a figure's numbers.
  private static let tables = [
    "consistency": "exits.csv", "accuracy-cost": "cost-curve.csv", "exit-shares": "exits.csv",
    "training": "history.csv", "thresholds": "policies.csv", "budgets": "budgets.csv",
    "consistency-distributions": "distribution.csv", "consistency-differences": "distribution.csv",
    "exit-matrices-cosine": "matrix.csv", "exit-matrices-centred": "matrix.csv",
    "concentration": "spread.csv",
    "similarity": "similarity.csv", "correctness": "correctness.csv",
    "reliability": "reliability.csv",
    "faithfulness": "faithfulness.csv", "masking-curves": "faithfulness-curves.csv",
    "road-curves": "faithfulness-curves.csv", "random-weights": "faithfulness-random-weights.csv",
    "grad-cam": "faithfulness.csv",
    "policies": "policies.csv", "overthinking": "overthinking.csv", "latency": "latency.csv",
    "runs": "seeds.csv",
  ]

  /// In order of their numbers; a figure that has nothing to show leaves its number out.
  static func all(_ context: ReportContext) throws(ReportFault) -> [ReportFigure] {
    let figures: [(any Figure)?] = [
      ConsistencyDotPlot(context.result), AccuracyCostCurve(context.result),
      ExitShares(context.result),
      TrainingCurves(baseline: context.baseline[0], egt: context.egt[0]),
      ConsistencyDistributions(context.result), DeltaHistograms(context.result),
      ExitMatrices(context.result, .cosine), ExitMatrices(context.result, .centred),
      ConcentrationPanels(context.result), SimilarityPanels(context.result),
      CorrectnessPanels(context.result),
      ReliabilityDiagram(context.result),
      ThresholdCurves(context.result, policy: context.options.policy),
      BudgetCurves(context.result, policy: context.options.policy), PolicyPanels(context.result),
      OverthinkingBars(context.result),
      LatencyDots(
        baseline: context.baseline[0].manifest.latency, egt: context.egt[0].manifest.latency),
      FaithfulnessPanels(context.result), MaskingCurves(context.result, .masking),
      MaskingCurves(context.result, .road), RandomWeightPanels(context.result),
      GradCAMPanels(context.result),
      RunScatter(context.result),
    ]
    let chosen = figures.enumerated().compactMap { offset, figure in
      figure.map { (number: offset + 1, figure: $0) }
    }
    do throws(CairoFault) {
      let font = try Font(path: context.options.fontPath ?? Font.defaultPath)
      let drawn = ParallelLoop.map(chosen.count) { index in
        Result { () throws(CairoFault) in
          try make(chosen[index].figure, number: chosen[index].number, font: font)
        }
      }
      var result: [ReportFigure] = []
      for figure in drawn { result.append(try figure.get()) }
      return result
    } catch {
      throw .drawing(error)
    }
  }

  private static func make(
    _ figure: any Figure, number: Int, font: Font
  ) throws(CairoFault) -> ReportFigure {
    let image = try figure.image(width: columnWidth, pixelsPerInch: pixelsPerInch, font: font)
    return ReportFigure(
      id: "figure-\(number)", name: figure.name, label: "Figure \(number)",
      table: tables[figure.name], title: figure.title, caption: figure.caption,
      markup: figure.pageSVG(font: font, accessibility: .identified(prefix: "figure-\(number)")),
      files: [
        ("svg", try figure.paperSVG(width: columnWidth, font: font)),
        ("pdf", try figure.pdf(width: columnWidth, font: font)),
        ("png", PNGEncoder.encode(image)),
      ])
  }
}
