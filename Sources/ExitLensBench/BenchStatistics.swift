import Analysis
import CommandLineKit
import Recordings
import TensorCore

/// Every statistic of an audit of five exits: intervals, tests, effect sizes, with 10,000 resamples. Maps have four
/// cells, so that reading and comparing them takes a few per cent of the time.
enum BenchStatistics {
  /// - Parameter runs: training runs a model.
  static func measure(
    _ item: BenchCase, runs: Int, samples: Int, resamples: Int, _ timer: BenchTimer
  ) throws -> BenchMeasure {
    let baseline = (0..<runs).map { recording(run: $0, seed: UInt64($0), samples: samples) }
    let egt = (0..<runs).map { recording(run: $0, seed: UInt64(100 + $0), samples: samples) }
    // An audit that fails is fast.
    var failure: (any Error)?
    let measure = timer.measure(item.rawValue, unit: "resamples/s", units: Double(resamples)) {
      do {
        _ = try Auditor.audit(
          [Model("Baseline", baseline), Model("EGT", egt)],
          options: AuditOptions(resamples: resamples))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return measure
  }

  /// Nine classes, answers by chance.
  private static func recording(run: Int, seed: UInt64, samples: Int) -> Recording {
    var generator = SeededGenerator(seed: seed, stream: "statistics")
    let grid = GridSize(height: 2, width: 2)
    let classes = 9
    var provenance = Provenance()
    provenance.seed = UInt64(run)
    let exits = (1...5).map { RecordingManifest.Exit(grid: grid, macs: 1e6 * Double($0)) }
    return Recording(
      manifest: RecordingManifest(
        classNames: (0..<classes).map { "\($0)" }, input: grid, channels: 1, exits: exits,
        attentionKind: nil, split: "test", provenance: provenance),
      labels: (0..<samples).map { $0 % classes },
      logits: exits.map { _ in (0..<samples * classes).map { _ in Float(generator.normal()) } },
      attention: exits.map { _ in
        (0..<samples * grid.count).map { _ in Float(generator.uniform()) }
      }, images: nil)
  }
}
