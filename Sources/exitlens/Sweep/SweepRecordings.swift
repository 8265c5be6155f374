import Analysis
import Network
import Recordings
import Training

/// The recordings of a sweep's folder, sorted into the arms of a report.
struct SweepRecordings {
  /// Which setting the report's other pages compare with its baseline; nil for the usual one.
  struct Choice {
    /// The plan's first.
    var architecture: Architecture?
    /// The plan's first.
    var variant: SweepVariant?
    /// 0.3 where the sweep has it, as in the paper, else its smallest.
    var lambda: Double?
  }

  let baseline: [Recording]
  let egt: [Recording]
  /// The chosen form at other λ.
  let others: [Recording]
  let groups: [ExperimentGroup]
  let missing: [Experiment.Missing]

  init(_ folder: SweepFolder, showing choice: Choice) throws {
    let plan = try folder.readPlan()
    let done = plan.runs.filter { folder.isDone($0.name) }
    missing = plan.runs.filter { !folder.isDone($0.name) }.map {
      Experiment.Missing(name: $0.name, failure: folder.failure(of: $0.name))
    }
    groups = try Architecture.allCases.compactMap { try Self.group($0, of: done, folder) }

    let architecture = choice.architecture ?? plan.runs[0].configuration.architecture
    guard let group = groups.first(where: { $0.architecture == architecture.rawValue }) else {
      throw SweepFault.noRecordings(
        folder: folder.path,
        what: "finished \(architecture.rawValue) runs, with λ = 0 and with another λ")
    }
    let form = choice.variant ?? plan.runs.lazy.compactMap(\.variant).first
    let candidates = group.arms.filter { $0.form == form?.rawValue }
    let wanted = choice.lambda ?? (candidates.contains { $0.lambda == 0.3 } ? 0.3 : nil)
    guard let shown = candidates.first(where: { wanted == nil || $0.lambda == wanted }) else {
      let weight = wanted.map { " and λ = \($0)" } ?? ""
      throw SweepFault.noRecordings(
        folder: folder.path,
        what: "a finished run of the form \(form?.rawValue ?? "paper")\(weight)")
    }
    baseline = group.baseline
    egt = shown.recordings
    others = candidates.filter { $0.lambda != shown.lambda }.flatMap(\.recordings)
  }

  /// Every form and λ of an architecture; nil where there is no baseline or nothing else.
  private static func group(
    _ architecture: Architecture, of runs: [SweepPlan.Run], _ folder: SweepFolder
  ) throws -> ExperimentGroup? {
    let own = runs.filter { $0.configuration.architecture == architecture }
    func read(_ runs: [SweepPlan.Run]) throws -> [Recording] {
      try runs.sorted { $0.configuration.seed < $1.configuration.seed }
        .map { run in
          var recording = try RecordingReader.read(folder.recording(run.name))
          recording.manifest.latency = try folder.readLatency(
            run.name, exitCount: recording.exitCount)
          return recording
        }
    }
    var arms: [ExperimentArm] = []
    for form in SweepVariant.allCases {
      let guided = own.filter { $0.variant == form }
      for weight in Set(guided.map(\.configuration.loss.lambda)).sorted() {
        arms.append(
          ExperimentArm(
            form: form.rawValue, lambda: weight,
            recordings: try read(guided.filter { $0.configuration.loss.lambda == weight })))
      }
    }
    let baseline = try read(own.filter { $0.variant == nil })
    guard !baseline.isEmpty, !arms.isEmpty else { return nil }
    return ExperimentGroup(architecture: architecture.rawValue, baseline: baseline, arms: arms)
  }
}
