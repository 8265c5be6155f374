import FileKit
import Network

/// `plan.json`: the runs of a sweep, and what all of them share.
///
/// Holds no clock and nothing about the machine: the same command gives the same bytes.
package struct SweepPlan: Sendable, Codable, Equatable {
  /// The only version that this code reads and writes.
  package static let currentFormatVersion = 1

  /// `currentFormatVersion`: `SweepFolder.readPlan` refuses any other.
  package var formatVersion = Self.currentFormatVersion
  /// The program that made the plan: "exitlens 0.1.0".
  package var producer = Release.producer
  /// Threads of each run, since their number decides the bytes.
  package var threads: Int
  /// In the order in which they were planned; names are unique.
  package var runs: [Run]

  /// One network to train and record.
  package struct Run: Sendable, Codable, Equatable {
    /// A folder's name: "lambda-0.3-seed-1", "lambda-1-stop-gradient-seed-2".
    package var name: String
    /// nil for a baseline, λ = 0, of which there is one for all variants.
    package var variant: SweepVariant?
    /// All that decides the run's results, its λ, seed and architecture included.
    package var configuration: TrainingConfiguration
    /// The command that planned the run: the same in its files whoever trains it.
    package var command: String
  }

  /// Nothing is checked here; `readPlan` refuses no runs, and threads outside 1 … 1024.
  package init(threads: Int, runs: [Run] = []) {
    self.threads = threads
    self.runs = runs
  }

  /// Every λ of every variant with every seed and architecture; λ = 0 once.
  /// - Parameters:
  ///   - base: what the runs share; its architecture, guidance and seed do not matter.
  ///   - lambdas: at least 0, each once.
  package static func runs(
    of base: TrainingConfiguration, lambdas: [Double], variants: [SweepVariant],
    architectures: [Architecture], seeds: [UInt64], command: String
  ) -> [Run] {
    var settings: [(Architecture, Double, SweepVariant?)] = []
    for architecture in architectures {
      for lambda in lambdas {
        settings += (lambda == 0 ? [nil] : variants.map { Optional($0) })
          .map { (architecture, lambda, $0) }
      }
    }
    var runs: [Run] = []
    for seed in seeds {
      for (architecture, lambda, variant) in settings {
        var configuration = variant == nil ? base.baseline : base
        configuration.architecture = architecture
        configuration.seed = seed
        configuration.loss.lambda = lambda
        variant?.apply(to: &configuration)
        runs.append(
          Run(
            name: name(architecture, lambda, variant, seed), variant: variant,
            configuration: configuration, command: command))
      }
    }
    return runs
  }

  private static func name(
    _ architecture: Architecture, _ lambda: Double, _ variant: SweepVariant?, _ seed: UInt64
  ) -> String {
    let network = architecture == .plain ? "" : "\(architecture.rawValue)-"
    let weight = lambda == lambda.rounded() && lambda < 1e15 ? "\(Int(lambda))" : "\(lambda)"
    let form = variant.flatMap { $0 == .paper ? nil : "-\($0.rawValue)" } ?? ""
    return "\(network)lambda-\(weight)\(form)-seed-\(seed)"
  }

  /// Takes in more runs; those that are planned already stay as they are.
  /// - Returns: what keeps the runs from being of this sweep, or nil.
  mutating func add(_ others: [Run]) -> String? {
    for run in others {
      if let first = runs.first, let difference = run.difference(from: first) { return difference }
      if let known = runs.first(where: { $0.name == run.name }) {
        if known.configuration != run.configuration {
          return "other settings of \(run.name)"
        }
      } else {
        runs.append(run)
      }
    }
    return nil
  }
}

extension SweepPlan.Run {
  /// What two runs of one sweep may not differ in, or nil: all but architecture, λ, variant and seed.
  fileprivate func difference(from other: SweepPlan.Run) -> String? {
    let (mine, theirs) = (shared, other.shared)
    if mine == theirs { return nil }
    if mine.source != theirs.source { return "the data \(mine.source)" }
    if mine.data != theirs.data { return "other data options" }
    if mine.epochs != theirs.epochs { return "\(mine.epochs) epochs" }
    if mine.batchSize != theirs.batchSize { return "batches of \(mine.batchSize)" }
    if mine.schedule != theirs.schedule { return "another learning-rate schedule" }
    if mine.attention != theirs.attention { return "\(mine.attention.rawValue) attention" }
    return "other training options"
  }

  private var shared: TrainingConfiguration {
    var shared = configuration.baseline
    shared.seed = 0
    shared.architecture = .plain
    return shared
  }
}
