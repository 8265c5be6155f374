import Recordings
import TensorCore

/// Everything that is computed from one exit of one recording's faithfulness, by measured sample.
struct ExitFaithfulnessScan: Sendable {
  private(set) var series: [FaithfulnessMeasure: [Double?]]
  private(set) var curves: MaskingScan.Curves
  private(set) var drawMeans: [[Double?]] = []
  private(set) var randomizedDefined: [Int] = []

  /// - Parameter exit: from 0.
  init(_ recording: Recording, _ faithfulness: RecordedFaithfulness, exit: Int)
    throws(RecordingFault)
  {
    let masking = MaskingScan(
      faithfulness, labels: faithfulness.samples.map { recording.labels[$0] }, exit: exit)
    series = masking.series
    curves = masking.curves
    let grid = recording.manifest.exits[exit].grid
    guard faithfulness.randomized != nil || faithfulness.gradCAM != nil else { return }
    var attention: [Float] = []
    for sample in faithfulness.samples {
      attention += try recording.attention[exit].elements(
        sample * grid.count..<(sample + 1) * grid.count)
    }
    if let gradCAM = faithfulness.gradCAM {
      let scan = GradCAMScan(attention: attention, gradCAM: gradCAM[exit], grid: grid)
      series.merge(scan.series) { $1 }
    }
    if let randomized = faithfulness.randomized {
      let scan = RandomizationScan(
        attention: attention, randomized.exits[exit], draws: randomized.draws, grid: grid)
      series.merge(scan.series) { $1 }
      drawMeans = scan.drawMeans
      randomizedDefined = scan.definedCounts
    }
  }
}

/// One model's recordings that say something about faithfulness, and the series that its numbers are means of: per
/// sample, the mean over those recordings in which the number is defined.
struct ModelFaithfulnessScan: Sendable {
  /// Each with its samples' places among `samples`.
  struct Run: Sendable {
    var places: [Int]
    var faithfulness: RecordedFaithfulness
    /// [exit]
    var exits: [ExitFaithfulnessScan]
  }

  /// The samples that numbers are about: those that any recording of either model measured, where models are paired.
  let samples: [Int]
  let runs: [Run]

  /// - Parameter samples: ascending; those of every recording are among them.
  init(_ recordings: [Recording], samples: [Int]) throws(RecordingFault) {
    self.samples = samples
    let places = Dictionary(uniqueKeysWithValues: samples.enumerated().map { ($1, $0) })
    var runs: [Run] = []
    for recording in recordings {
      guard let faithfulness = recording.faithfulness else { continue }
      let exits = ParallelLoop.map(recording.exitCount) { exit in
        Result { () throws(RecordingFault) in
          try ExitFaithfulnessScan(recording, faithfulness, exit: exit)
        }
      }
      var scans: [ExitFaithfulnessScan] = []
      for exit in exits { scans.append(try exit.get()) }
      runs.append(
        Run(
          places: faithfulness.samples.map { places[$0]! }, faithfulness: faithfulness,
          exits: scans))
    }
    self.runs = runs
  }

  /// The samples that at least one recording has measured.
  static func samples(_ recordings: [Recording]) -> [Int] {
    Set(recordings.flatMap { $0.faithfulness?.samples ?? [] }).sorted()
  }

  var sampleCount: Int { Set(runs.flatMap(\.places)).count }

  /// What some recording measured at an exit, in a fixed order.
  func measures(exit: Int) -> [FaithfulnessMeasure] {
    Set(runs.flatMap { $0.exits[exit].series.keys }).sorted()
  }

  /// By place among `samples`; nil where no recording has the number, and as a whole where none measured it.
  func series(exit: Int, _ measure: FaithfulnessMeasure) -> [Double?]? {
    let lists = runs.compactMap { series($0, exit: exit, measure) }
    guard !lists.isEmpty else { return nil }
    return samples.indices.map { sample in lists.map { $0[sample] }.definedMean }
  }

  /// One run's, by place among `samples`; nil where it did not measure the number.
  private func series(_ run: Run, exit: Int, _ measure: FaithfulnessMeasure) -> [Double?]? {
    guard let values = run.exits[exit].series[measure] else { return nil }
    var list = [Double?](repeating: nil, count: samples.count)
    for (place, value) in zip(run.places, values) { list[place] = value }
    return list
  }

  /// Each run's own number, the mean over some exits; nil where a run lacks it at one of them.
  func runNumbers(exits: [Int], _ measure: FaithfulnessMeasure) -> [RunNumber]? {
    var numbers: [RunNumber] = []
    for run in runs {
      let columns = exits.compactMap { series(run, exit: $0, measure).map { Column($0) } }
      guard columns.count == exits.count, let number = RunNumber(columns) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// Samples with the number, and samples without, over all recordings that measured it.
  func counts(exit: Int, _ measure: FaithfulnessMeasure) -> (defined: Int, undefined: Int) {
    runs.compactMap { $0.exits[exit].series[measure] }.reduce(into: (0, 0)) { counts, values in
      let defined = values.count { $0 != nil }
      counts.0 += defined
      counts.1 += values.count - defined
    }
  }

  /// The mean over recordings of a mean curve; empty where none has it.
  func curve(exit: Int, _ path: KeyPath<MaskingScan.Curves, [Double]>) -> [Double] {
    let lists = runs.map { $0.exits[exit].curves[keyPath: path] }.filter { !$0.isEmpty }
    guard let first = lists.first else { return [] }
    return first.indices.map { point in
      lists.reduce(0) { $0 + $1[point] } / Double(lists.count)
    }
  }
}
