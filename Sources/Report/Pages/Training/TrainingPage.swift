import Analysis
import Recordings

/// What training looked like, epoch by epoch, where the recordings say.
enum TrainingPage: PageSection {
  static let name = "Training"
  static let file = "training.html"
  /// More epochs are thinned on the page; history.csv has all.
  private static let shownRows = 60

  static func isPresent(in context: ReportContext) -> Bool {
    context.recordings.joined().contains { $0.manifest.provenance?.history?.isEmpty == false }
  }

  static func pages(_ context: ReportContext) -> [Page] {
    [Page(file: file, title: "Training", template: "training", section: name) { fields(context) }]
  }

  private static func fields(_ context: ReportContext) -> Fields {
    let runs = context.models.flatMap { model in
      context.recordings[model].enumerated().map { run($0.offset, $0.element, of: model, context) }
    }
    return [
      "figures": .list(context.figures("training")),
      "runs": .list(runs.compactMap { $0 }),
    ]
  }

  private static func run(
    _ index: Int, _ recording: Recording, of model: Int, _ context: ReportContext
  ) -> Fields? {
    guard let history = recording.manifest.provenance?.history, !history.isEmpty else { return nil }
    let seed = recording.manifest.provenance?.seed.map { ", seed \($0)" } ?? ""
    let step = (history.count + shownRows - 1) / shownRows
    let shown = history.enumerated().filter {
      $0.offset % step == 0 || $0.offset == history.count - 1
    }
    return [
      "id": .text("model-\(model + 1)-run-\(index + 1)"), "series": context.series(model),
      "name": .text("\(context.name(model)), run \(index + 1)\(seed)"),
      "thinned": .optional(
        step > 1 ? "One epoch in \(step) is shown; data/history.csv has all." : nil),
      "rows": .list(shown.map { row($0.element) }),
      "bound": .optional(history.last.flatMap(bound)),
    ]
  }

  /// What the last epoch's loss says about cosines; nil where λ was 0.
  private static func bound(_ row: Provenance.HistoryRow) -> String? {
    guard row.lambda > 0 else { return nil }
    let term = row.consistencyLoss
    let mean = LossBound.meanCosine(consistencyTerm: term)
    let half = LossBound.greatestShare(consistencyTerm: term, atMost: 0.5)
    let share =
      half < 1
      ? "at most \(NumberFormat.percent(half)) % of the pairs of an image and an early exit had a cosine of 0.5 or less"
      : "it sets no limit to how many pairs of an image and an early exit had a cosine of 0.5 or less"
    return """
      Last epoch: 1 − cosine was \(NumberFormat.fixed(term)), a mean over training images and early exits. So their mean \
      cosine was \(NumberFormat.fixed(mean)) (with adaptive weights: at least), and \(share), by Markov’s inequality. This is \
      on the loss’s grid and the training images; the audit’s cosine is on the input grid and the recorded images.
      """
  }

  private static func row(_ row: Provenance.HistoryRow) -> Fields {
    [
      "epoch": .text(String(row.epoch)),
      "learningRate": .text(NumberFormat.exact(row.learningRate) ?? NumberFormat.missing),
      "lambda": .text(NumberFormat.exact(row.lambda) ?? NumberFormat.missing),
      "loss": .text(NumberFormat.fixed(row.loss)),
      "consistencyLoss": .text(NumberFormat.fixed(row.consistencyLoss)),
      "crossEntropy": .text(NumberFormat.fixed(row.crossEntropy.last)),
      "trainingAccuracy": .text(NumberFormat.percent(row.trainingAccuracy.last)),
      "validationAccuracy": .text(NumberFormat.percent(row.validationAccuracy.last)),
    ]
  }
}
