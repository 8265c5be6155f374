import ArgumentParser
import CMemory
import CommandLineKit
import FileKit
import Foundation
import Network
import TensorCore
import Training

/// The program: what it measures is how fast this machine works, never what comes out.
@main
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exitlens bench",
    abstract:
      "Measure this machine: training step, inference, matrix product, statistics, overlays.",
    discussion: """
      Weights and images come from fixed seeds. A training step is forward, EGT loss (λ = 0.3), \
      backward and Adam on a batch of 32; inference runs all exits. A figure is the median over the \
      rounds, beside the lowest and highest round. `make bench-peers` compares with PyTorch, ONNX \
      Runtime and OpenVINO.
      """)

  @Option(parsing: .upToNextOption, help: "Measure only these, with commas or spaces.")
  var only: [BenchCase] = []
  @Option(
    parsing: .unconditional, help: .value(.wholeNumber, "Rounds a figure is the median of."))
  var rounds: Int?
  @Flag(help: "Two short rounds and small matrix products: to see that all runs, not for figures.")
  var quick = false
  @Option(help: "What a block of the networks is that are made for training step and inference.")
  var architecture: Architecture = .plain
  @Flag(help: "Measure the training step by batch and image size, and nothing else.")
  var scaling = false
  @Option(
    name: .customLong("run"),
    help: "A trained run: measure its early stop on --data, and nothing else.")
  var runFolder: String?
  @Option(help: "The data that the run's early stop is measured on (their test part).")
  var data: String?
  @Option(
    parsing: .unconditional,
    help: .value(.fraction, "Confidence at which an exit answers in the early stop, 0…1."))
  var threshold = 0.9
  @Option(
    parsing: .upToNextOption,
    help: "Recordings: measure reading and analysing them and --egt's, and nothing else.")
  var baseline: [String] = []
  @Option(parsing: .upToNextOption, help: "The recordings that --baseline's are compared with.")
  var egt: [String] = []
  @Option(
    help: "Write weights, images, outputs and losses to this folder for peers; measure nothing.")
  var dump: String?
  @Flag(help: "JSON on standard output.")
  var json = false
  @OptionGroup(title: "Machine") var machine: MachineOptions

  static func main() {
    exl_memory_begin()
    Console.begin()
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    do {
      let arguments = ArgumentNormaliser(
        Array(CommandLine.arguments.dropFirst()),
        lists: ["--only": ArgumentNormaliser.words(BenchCase.self)])
      var command = try parseAsRoot(arguments.normalised)
      try command.run()
      if let fault = Console.lost { throw fault }
    } catch {
      Failure.exit(error, of: Self.self, program: "exitlens bench")
    }
  }

  mutating func validate() throws {
    if let rounds, !(1...1000).contains(rounds) {
      throw ValidationError("The value '\(rounds)' is invalid for '--rounds': expected 1 to 1000")
    }
    try OptionValue.check(fraction: threshold, of: "--threshold")
    if (runFolder == nil) != (data == nil) {
      throw ValidationError("'--run' and '--data' are given together or not at all")
    }
    if baseline.isEmpty != egt.isEmpty {
      throw ValidationError("'--baseline' and '--egt' are given together or not at all")
    }
    let subjects = [runFolder != nil, !only.isEmpty, scaling, !baseline.isEmpty]
    if subjects.filter({ $0 }).count > 1 {
      throw ValidationError("'--only', '--scaling', '--run' and '--baseline' exclude each other")
    }
  }

  func run() throws {
    let lanes = machine.lanes
    // Opens OpenBLAS too, which every measurement needs.
    let description = try MachineDescription.current(lanes: lanes)
    if let dump {
      try BenchDump.write(to: dump, architecture, lanes: lanes)
      Console.line("dump: \(dump)".singleLine)
      return
    }
    let usualRounds = quick ? 2 : baseline.isEmpty ? 11 : 3
    let timer = BenchTimer(rounds: rounds ?? usualRounds, leastSeconds: quick ? 0 : 0.1)
    var report = BenchReport(
      machine: description, architecture: architecture, rounds: timer.rounds, isQuick: quick)
    if let runFolder, let data {
      let stop = try BenchEarlyStop(
        run: runFolder, data: data, threshold: threshold, lanes: lanes)
      (report.measures, report.earlyStop) = stop.measure(timer)
    } else if !baseline.isEmpty {
      report.measures = try BenchAnalysis.measure(
        baseline: baseline, egt: egt, rounds: timer.rounds)
    } else if scaling {
      report.measures = BenchScaling.measure(
        architecture, timer, isQuick: quick, lanes: lanes
      ) { id in
        if !json { Console.status("measuring \(id)") }
      }
    } else {
      for item in BenchCase.allCases where only.isEmpty || only.contains(item) {
        if !json { Console.status("measuring \(item.rawValue)") }
        try measure(item, timer, lanes, into: &report)
      }
    }
    report.peakBytes = BenchReport.peakMemory
    if json {
      Console.json(report)
    } else {
      Console.status("")
      for line in report.lines { Console.answer(line.singleLine) }
    }
  }

  private func measure(
    _ item: BenchCase, _ timer: BenchTimer, _ lanes: Lanes, into report: inout BenchReport
  ) throws {
    switch item {
    case .training64, .training32:
      report.measures.append(BenchNetwork.training(item, architecture, timer, lanes))
      // Taken here, since what is measured after may need more.
      if report.trainingPeakBytes == nil { report.trainingPeakBytes = BenchReport.peakMemory }
    case .inference64x1, .inference64x32, .inference32x1, .inference32x32:
      report.measures.append(BenchNetwork.inference(item, architecture, timer, lanes))
    case .productOne:
      report.measures.append(
        BenchProduct.measure(item.rawValue, size: quick ? 1024 : 2048, timer, Lanes(1)))
    case .productAll:
      report.measures.append(
        BenchProduct.measure(item.rawValue, size: quick ? 1024 : 2048, timer, lanes))
    case .overlay, .sheet:
      report.measures.append(try BenchOverlay.measure(item, encodes: item == .sheet, timer))
    case .statistics, .statisticsOfRuns:
      report.measures.append(
        try BenchStatistics.measure(
          item, runs: item == .statistics ? 1 : 3, samples: quick ? 60 : 1364,
          resamples: quick ? 100 : 10_000, timer))
    case .pages:
      report.measures.append(try BenchPages.measure(item, samples: quick ? 4 : 200, timer))
    }
  }
}

/// What can be measured, in the order in which it is.
///
/// Training comes first and large before small, so that its peak memory is the process's.
enum BenchCase: String, CaseIterable, ExpressibleByArgument {
  case training64 = "training-64"
  case training32 = "training-32"
  case inference64x1 = "inference-64-1"
  case inference64x32 = "inference-64-32"
  case inference32x1 = "inference-32-1"
  case inference32x32 = "inference-32-32"
  case productOne = "sgemm-one"
  case productAll = "sgemm-all"
  case overlay
  case sheet = "sheet-64"
  case statistics
  case statisticsOfRuns = "statistics-runs"
  case pages = "report"
}
