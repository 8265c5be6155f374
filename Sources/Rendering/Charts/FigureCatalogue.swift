import Analysis
import Recordings

/// A kind of chart that reports and papers have.
package struct FigureKind: Sendable {
  /// "consistency": for file names, and how pages and commands ask for it.
  package let name: String
  /// What it shows, in a few words.
  package let about: String
  /// The table in a report's `data` folder that holds its numbers.
  package let table: String
  /// nil where there is nothing to show.
  package let make: @Sendable (FigureInput) -> (any Figure)?

  fileprivate init(
    _ name: String, _ about: String, table: String,
    make: @escaping @Sendable (FigureInput) -> (any Figure)?
  ) {
    self.name = name
    self.about = about
    self.table = table
    self.make = make
  }
}

/// What charts are made from.
package struct FigureInput: Sendable {
  /// The audit; its models are in the order of `recordings`.
  package var result: AuditResult
  /// [model][training run]; a chart that shows one run shows the first.
  package var recordings: [[Recording]]
  /// The policy whose curves are drawn where a chart shows one.
  package var policy: ExitPolicy
  /// The models that are drawn, by place in the list; at most five.
  package var shown: [Int]

  /// - Parameter shown: nil for the first five.
  package init(
    result: AuditResult, recordings: [[Recording]], policy: ExitPolicy = .confidence,
    shown: [Int]? = nil
  ) {
    self.shown = result.shown(shown).map(\.index)
    self.result = result
    self.recordings = recordings
    self.policy = policy
  }
}

extension FigureInput {
  /// So many models can be told apart in one picture.
  package static let limit = SeriesStyle.limit

  /// Their names, for `FigureStyle.models`.
  package var names: [String] { shown.map { result.models[$0].name } }

  /// What the first run of each model drawn tells.
  fileprivate func first<Value>(_ path: (Recording) -> Value) -> [(String, Value)] {
    zip(names, shown).map { ($0, path(recordings[$1][0])) }
  }
}

/// Every chart, in the order of their numbers in a report.
package enum FigureCatalogue {
  /// A figure's number is its place here, from 1; one with nothing to show leaves its number out.
  package static let all: [FigureKind] = [
    FigureKind(
      "consistency", "cosine of each early exit's map with the final one, interval and null",
      table: "exits.csv"
    ) { ConsistencyDotPlot($0.result, shown: $0.shown) },
    FigureKind(
      "accuracy-cost", "accuracy against mean cost as the threshold moves",
      table: "cost-curve.csv"
    ) { AccuracyCostCurve($0.result, shown: $0.shown) },
    FigureKind("exit-shares", "the share of samples that leaves at each exit", table: "exits.csv") {
      ExitShares($0.result, shown: $0.shown)
    },
    FigureKind(
      "training", "loss, consistency term and accuracy by epoch", table: "history.csv"
    ) { TrainingCurves(histories: $0.first { $0.manifest.provenance?.history ?? [] }) },
    FigureKind(
      "consistency-distributions", "how the cosine spreads over samples, exit by exit",
      table: "distribution.csv"
    ) { ConsistencyDistributions($0.result, shown: $0.shown) },
    FigureKind(
      "consistency-differences", "each model's cosine minus the reference's, sample by sample",
      table: "distribution.csv"
    ) { DeltaHistograms($0.result, shown: $0.shown) },
    FigureKind(
      "exit-matrices-cosine", "cosine of every exit's maps with every other's",
      table: "matrix.csv"
    ) { ExitMatrices($0.result, .cosine, shown: $0.shown) },
    FigureKind(
      "exit-matrices-centred", "centred correlation of every exit's maps with every other's",
      table: "matrix.csv"
    ) { ExitMatrices($0.result, .centred, shown: $0.shown) },
    FigureKind("concentration", "how concentrated maps are, exit by exit", table: "exits.csv") {
      ConcentrationPanels($0.result, shown: $0.shown)
    },
    FigureKind(
      "similarity", "agreement with the final map by several measures", table: "exits.csv"
    ) { SimilarityPanels($0.result, shown: $0.shown) },
    FigureKind(
      "correctness", "agreement with the final map where answers are right and wrong",
      table: "correctness.csv"
    ) { CorrectnessPanels($0.result, shown: $0.shown) },
    FigureKind(
      "reliability", "share of right answers against confidence, with counts",
      table: "reliability.csv"
    ) { ReliabilityDiagram($0.result, shown: $0.shown) },
    FigureKind(
      "thresholds", "accuracy and cost against the threshold", table: "policies.csv"
    ) { ThresholdCurves($0.result, policy: $0.policy, shown: $0.shown) },
    FigureKind("budgets", "accuracy within a budget: anytime and budgeted", table: "budgets.csv") {
      BudgetCurves($0.result, policy: $0.policy, shown: $0.shown)
    },
    FigureKind(
      "policies", "accuracy against mean cost, one plot a policy", table: "policies.csv"
    ) { PolicyPanels($0.result, shown: $0.shown) },
    FigureKind(
      "overthinking", "right early and wrong late, and the reverse", table: "overthinking.csv"
    ) { OverthinkingBars($0.result, shown: $0.shown) },
    FigureKind("latency", "measured time to each exit", table: "latency.csv") {
      LatencyDots($0.first(\.manifest.latency))
    },
    FigureKind(
      "faithfulness", "gain of each exit's map over random order", table: "faithfulness.csv"
    ) { FaithfulnessPanels($0.result, shown: $0.shown) },
    FigureKind(
      "masking-curves", "confidence as the most attended pixels go or come",
      table: "faithfulness-curves.csv"
    ) { MaskingCurves($0.result, .masking, shown: $0.shown) },
    FigureKind(
      "road-curves", "accuracy as pixels are replaced by what surrounds them (ROAD)",
      table: "faithfulness-curves.csv"
    ) { MaskingCurves($0.result, .road, shown: $0.shown) },
    FigureKind(
      "random-weights", "likeness of maps before and after weights are made random",
      table: "faithfulness-random-weights.csv"
    ) { RandomWeightPanels($0.result, shown: $0.shown) },
    FigureKind(
      "grad-cam", "agreement of each exit's maps with its Grad-CAM", table: "faithfulness.csv"
    ) { GradCAMPanels($0.result, shown: $0.shown) },
    FigureKind(
      "disagreement", "images that one of two models alone answers rightly, exit by exit",
      table: "disagreement.csv"
    ) { DisagreementBars($0.result, shown: $0.shown) },
    FigureKind("lambda", "consistency and accuracy against λ", table: "sweep.csv") {
      LambdaPanels($0.result)
    },
    FigureKind("runs", "each training run's own numbers", table: "seeds.csv") {
      RunScatter($0.result, shown: $0.shown)
    },
  ]
}
