import CommandLineKit
import Foundation
import Training

/// Shows how far a whole sweep is, with the time left: one moving line on a terminal, a plain line a run otherwise.
final class SweepProgress: @unchecked Sendable {
  private let folder: SweepFolder
  private let runs: [SweepPlan.Run]
  private let clock = ContinuousClock()
  private let begun: ContinuousClock.Instant
  // Guarded by `mutex`.
  private let mutex = NSLock()
  private var shown: ContinuousClock.Instant
  /// Share of each run's epochs that is done, by name.
  private var shares: [String: Double] = [:]
  /// Epochs that this process has trained.
  private var epochs = 0.0

  init(_ folder: SweepFolder, runs: [SweepPlan.Run]) {
    self.folder = folder
    self.runs = runs
    begun = clock.now
    shown = begun
  }

  func handle(_ event: Trainer.Event, of run: SweepPlan.Run, images: Int) {
    let total = Double(run.configuration.epochs)
    mutex.withLock {
      switch event {
      case .started(let done, _, _):
        shares[run.name] = Double(done) / total
        let note = done > 0 ? ", \(done) of \(run.configuration.epochs) epochs done before" : ""
        Console.status("")
        Console.line("\(run.name): begins\(note)")
      case .batch(let epoch, let seen, let loss):
        advance(run, to: (Double(epoch - 1) + Double(seen) / Double(images)) / total)
        guard Console.isTerminal, clock.now - shown > .milliseconds(200) else { return }
        shown = clock.now
        Console.status(
          "\(run.name): epoch \(epoch)/\(run.configuration.epochs), loss "
            + "\(Decimals.fixed(loss, 4))  \(state)")
      case .epoch(let row):
        advance(run, to: Double(row.epoch) / total)
      }
    }
  }

  func end(_ run: SweepPlan.Run, failure: String?) {
    mutex.withLock {
      if failure == nil { shares[run.name] = 1 }
      Console.status("")
      Console.line("\(run.name): \(failure.map { "failed: \($0)" } ?? "done")  \(state)".singleLine)
    }
  }

  private func advance(_ run: SweepPlan.Run, to share: Double) {
    let old = shares[run.name] ?? 0
    epochs += max(0, share - old) * Double(run.configuration.epochs)
    shares[run.name] = share
  }

  /// "sweep: 7 of 18 runs done, 1 failed, 41 % of the epochs, about 38 min left"
  private var state: String {
    let done = runs.count { folder.isDone($0.name) }
    let failed = runs.count { folder.failure(of: $0.name) != nil }
    let all = runs.reduce(0.0) { $0 + Double($1.configuration.epochs) }
    let finished = runs.reduce(0.0) { sum, run in
      let share = folder.isDone(run.name) ? 1 : shares[run.name] ?? 0
      return sum + share * Double(run.configuration.epochs)
    }
    var text = "sweep: \(done) of \(runs.count) runs done"
    if failed > 0 { text += ", \(failed) failed" }
    text += ", \(Decimals.fixed(100 * finished / max(all, 1), 0)) % of the epochs"
    if epochs > 0, finished < all {
      let seconds = Decimals.seconds(clock.now - begun) * (all - finished) / epochs
      text += ", about \(Decimals.duration(seconds)) left"
    }
    return text
  }
}
