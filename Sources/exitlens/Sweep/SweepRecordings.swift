import Analysis
import Recordings
import Training

/// The recordings of a sweep's folder, sorted into the arms of a report.
struct SweepRecordings {
  let baseline: [Recording]
  /// The setting that the report's other pages compare with the baseline.
  let egt: [Recording]
  /// The same form at other λ.
  let others: [Recording]
  /// Every form and λ but the baseline, in the order of form and λ.
  let arms: [ExperimentArm]
  let missing: [Experiment.Missing]

  /// - Parameters:
  ///   - lambda: of the setting to show; nil for 0.3 where the sweep has it, as in the paper, else its smallest.
  ///   - variant: its form; nil for the first in the plan.
  init(_ folder: SweepFolder, lambda: Double?, variant: SweepVariant?) throws {
    let plan = try folder.readPlan()
    let done = plan.runs.filter { folder.isDone($0.name) }
    missing = plan.runs.filter { !folder.isDone($0.name) }.map {
      Experiment.Missing(name: $0.name, failure: folder.failure(of: $0.name))
    }
    func read(_ runs: [SweepPlan.Run]) throws -> [Recording] {
      try runs.sorted { $0.configuration.seed < $1.configuration.seed }
        .map { try RecordingReader.read(folder.recording($0.name)) }
    }
    let unguided = done.filter { $0.variant == nil }
    guard !unguided.isEmpty else {
      throw SweepFault.noRecordings(folder: folder.path, what: "a finished run with λ = 0")
    }
    baseline = try read(unguided)

    var arms: [(variant: SweepVariant, arm: ExperimentArm)] = []
    for form in SweepVariant.allCases {
      let runs = done.filter { $0.variant == form }
      for weight in Set(runs.map(\.configuration.loss.lambda)).sorted() {
        let recordings = try read(runs.filter { $0.configuration.loss.lambda == weight })
        arms.append(
          (form, ExperimentArm(form: form.rawValue, lambda: weight, recordings: recordings)))
      }
    }
    self.arms = arms.map(\.arm)
    let form = variant ?? plan.runs.lazy.compactMap(\.variant).first
    let candidates = arms.filter { $0.variant == form }.map(\.arm)
    let wanted = lambda ?? (candidates.contains { $0.lambda == 0.3 } ? 0.3 : nil)
    guard let shown = candidates.first(where: { wanted == nil || $0.lambda == wanted }) else {
      let weight = wanted.map { " and λ = \($0)" } ?? ""
      throw SweepFault.noRecordings(
        folder: folder.path,
        what: "a finished run of the form \(form?.rawValue ?? "paper")\(weight)")
    }
    egt = shown.recordings
    others = candidates.filter { $0.lambda != shown.lambda }.flatMap(\.recordings)
  }
}
