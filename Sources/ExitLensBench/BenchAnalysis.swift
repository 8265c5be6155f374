import Analysis
import CommandLineKit
import Recordings

/// Reading, checking and analysing recordings that lie on the disk: what `report` does before it draws.
enum BenchAnalysis {
  /// One call a round: a large recording takes seconds, and what is measured is its first reading too.
  static func measure(
    baseline: [String], egt: [String], rounds: Int
  ) throws -> [BenchMeasure] {
    var reading: [Double] = []
    var analysing: [Double] = []
    var samples = 0
    for _ in 0..<rounds {
      var models: ([Recording], [Recording]) = ([], [])
      reading.append(
        try seconds {
          models = (
            try baseline.map { try RecordingReader.read($0) },
            try egt.map { try RecordingReader.read($0) }
          )
        })
      samples =
        models.0.reduce(0) { $0 + $1.sampleCount } + models.1.reduce(0) { $0 + $1.sampleCount }
      analysing.append(
        try seconds {
          _ = try Auditor.audit([Model("Baseline", models.0), Model("EGT", models.1)])
        })
    }
    return [("read", reading), ("analyse", analysing)].map { id, times in
      BenchMeasure(id, unit: "samples/s", units: Double(samples), calls: 1, times: times)
    }
  }

  private static func seconds(_ work: () throws -> Void) throws -> Double {
    var failure: (any Error)?
    let seconds = BenchTimer.seconds {
      do { try work() } catch { failure = error }
    }
    if let failure { throw failure }
    return seconds
  }
}
