import Analysis
import CommandLineKit
import Network
import Recordings
import Training

/// The recordings of a sweep's folder as a report's models: the baseline, the setting that the report shows beside it, and
/// all others.
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

  private(set) var models: [Model] = []
  let missing: [MissingRun]

  init(_ folder: SweepFolder, showing choice: Choice) throws {
    let plan = try folder.readPlan()
    let done = plan.runs.filter { folder.isDone($0.name) }
    missing = plan.runs.filter { !folder.isDone($0.name) }.map {
      MissingRun(name: $0.name, failure: folder.failure(of: $0.name))
    }
    let groups = Architecture.allCases.compactMap { Group($0, of: done) }
    let architecture = choice.architecture ?? plan.runs[0].configuration.architecture
    guard let shown = groups.first(where: { $0.architecture == architecture }) else {
      throw SweepFault.noRecordings(
        folder: folder.path,
        what: "finished \(architecture.rawValue) runs, with λ = 0 and with another λ")
    }
    let form = choice.variant ?? plan.runs.lazy.compactMap(\.variant).first
    let candidates = shown.variants.filter { $0.form == form }
    let wanted = choice.lambda ?? (candidates.contains { $0.lambda == 0.3 } ? 0.3 : nil)
    guard let first = candidates.first(where: { wanted == nil || $0.lambda == wanted }) else {
      let weight = wanted.map { " and λ = \($0)" } ?? ""
      throw SweepFault.noRecordings(
        folder: folder.path,
        what: "a finished run of the form \(form?.rawValue ?? "paper")\(weight)")
    }
    let isOnly = groups.count == 1
    for group in [shown] + groups.filter({ $0.architecture != architecture }) {
      let reference = models.count
      try add(group.baseline, group, nil, isOnly, comparedWith: reference, folder)
      let variants =
        group.architecture == architecture
        ? [first] + group.variants.filter { $0 != first } : group.variants
      for variant in variants {
        try add(variant.runs, group, variant, isOnly, comparedWith: reference, folder)
      }
    }
  }

  private mutating func add(
    _ runs: [SweepPlan.Run], _ group: Group, _ variant: Variant?, _ isOnly: Bool,
    comparedWith reference: Int, _ folder: SweepFolder
  ) throws {
    let recordings = try runs.sorted { $0.configuration.seed < $1.configuration.seed }.map { run in
      var recording = try RecordingReader.read(folder.recording(run.name))
      recording.manifest.latency = try folder.readLatency(
        run.name, exitCount: recording.exitCount)
      return recording
    }
    let name = (variant?.name ?? "Baseline") + (isOnly ? "" : ", \(group.architecture.rawValue)")
    models.append(Model(name, recordings, comparedWith: reference))
  }

  /// One form and weight of guided training.
  private struct Variant: Equatable {
    var form: SweepVariant
    var lambda: Double
    var runs: [SweepPlan.Run]

    /// "EGT λ 0.5, stop-gradient"
    var name: String {
      "EGT λ \(lambda)" + (form == .paper ? "" : ", \(form.rawValue)")
    }

    static func == (left: Variant, right: Variant) -> Bool {
      left.form == right.form && left.lambda == right.lambda
    }
  }

  /// The finished runs of an architecture.
  private struct Group {
    var architecture: Architecture
    var baseline: [SweepPlan.Run]
    var variants: [Variant] = []

    /// nil where there is no baseline or nothing else.
    init?(_ architecture: Architecture, of runs: [SweepPlan.Run]) {
      self.architecture = architecture
      let own = runs.filter { $0.configuration.architecture == architecture }
      baseline = own.filter { $0.variant == nil }
      for form in SweepVariant.allCases {
        let guided = own.filter { $0.variant == form }
        for weight in Set(guided.map(\.configuration.loss.lambda)).sorted() {
          variants.append(
            Variant(
              form: form, lambda: weight,
              runs: guided.filter { $0.configuration.loss.lambda == weight }))
        }
      }
      if baseline.isEmpty || variants.isEmpty { return nil }
    }
  }
}
