import Foundation
import Testing

/// What `exitlens bench` says, never how fast it is.
@Suite struct BenchTests {
  private struct Report: Decodable {
    struct Machine: Decodable {
      var cpu: String
      var threads: Int
    }
    struct Spread: Decodable {
      var median: Double
      var lowest: Double
      var highest: Double

      var isOrdered: Bool { 0 < lowest && lowest <= median && median <= highest }
    }
    struct Measure: Decodable {
      var id: String
      var unit: String
      var rate: Spread
      var milliseconds: Spread
      var gflops: Double?
      var callsPerRound: Int
    }
    struct EarlyStop: Decodable {
      var threshold: Double
      var images: Int
      var speedup: Spread
      var exitShares: [Double]
      var accuracy: Double
      var finalAccuracy: Double
      var agreeing: Int
    }

    var formatVersion: Int
    var version: String
    var machine: Machine
    var architecture: String
    var rounds: Int
    var isQuick: Bool
    var measures: [Measure]
    var trainingPeakBytes: Int?
    var peakBytes: Int
    var earlyStop: EarlyStop?
  }

  private func report(_ arguments: String...) throws -> Report {
    let outcome = try Command(["bench", "--quick", "--json"] + arguments).run()
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
  }

  @Test func scalingMeasuresBatchesAndSizes() throws {
    let report = try report("--scaling", "--threads", "1")
    #expect(report.measures.map(\.id) == ["step-64-2", "step-32-32"])
    #expect(report.measures.allSatisfy { $0.rate.isOrdered && $0.unit == "images/s" })
  }

  @Test(arguments: ["plain", "residual", "separable"])
  func networksOfAnArchitecture(name: String) throws {
    let report = try report(
      "--architecture", name, "--only", "training-32", "--only", "inference-32-1", "--threads", "1")
    #expect(report.architecture == name)
    #expect(report.measures.map(\.id) == ["training-32", "inference-32-1"])
    #expect(report.measures.allSatisfy { $0.rate.isOrdered && ($0.gflops ?? 0) > 0 })
  }

  @Test func quickRunMeasuresEverything() throws {
    let report = try report("--threads", "2")
    #expect(report.formatVersion == 1 && !report.version.isEmpty && !report.machine.cpu.isEmpty)
    #expect(report.machine.threads == 2 && report.rounds == 2 && report.isQuick)
    #expect(
      report.measures.map(\.id) == [
        "training-64", "training-32", "inference-64-1", "inference-64-32", "inference-32-1",
        "inference-32-32", "sgemm-one", "sgemm-all", "overlay", "sheet-64", "statistics",
        "statistics-runs", "report",
      ])
    for measure in report.measures {
      #expect(measure.rate.isOrdered && measure.milliseconds.isOrdered, "\(measure.id)")
      #expect(measure.callsPerRound == 1)
      let isCounted = ["training", "inference", "sgemm"].contains { measure.id.hasPrefix($0) }
      #expect((measure.gflops != nil) == isCounted)
      #expect(measure.unit.hasSuffix("/s"))
    }
    // A step at 64×64×3 holds more than the parameters, their gradients and Adam's two moments.
    let training = try #require(report.trainingPeakBytes)
    #expect(training > 4 * 4 * 3_900_000 && training <= report.peakBytes)
    #expect(report.earlyStop == nil)
  }

  @Test func earlyStopOfATrainedRun() throws {
    let fixture = try Fixture.shared()
    let report = try report(
      "--run", fixture.run("baseline"), "--data", fixture.data)
    #expect(report.measures.map(\.id) == ["early-stop", "final-exit"])
    let stop = try #require(report.earlyStop)
    #expect(stop.threshold == 0.9 && stop.images > 0 && stop.agreeing == stop.images)
    #expect(stop.exitShares.count == 5 && abs(stop.exitShares.reduce(0, +) - 1) < 1e-9)
    #expect((0...1).contains(stop.accuracy) && (0...1).contains(stop.finalAccuracy))
    #expect(stop.speedup.isOrdered)
    #expect(report.trainingPeakBytes == nil)
  }

  /// Two dumps are the same bytes, or a peer would compare with other weights than those measured.
  @Test func dumpIsTheSameTwice() throws {
    let scratch = try Scratch()
    for folder in ["a", "b"] {
      let outcome = try exitlens("bench", "--threads", "2", "--dump", folder, in: scratch.path)
      #expect(outcome.code == 0 && outcome.output == "dump: \(folder)\n")
    }
    for name in ["weights-64", "check-64", "weights-32", "check-32", "sheets"] {
      let files = try ["a", "b"].map {
        try Data(contentsOf: URL(fileURLWithPath: scratch("\($0)/\(name).safetensors")))
      }
      #expect(files[0] == files[1], "\(name)")
    }
  }

  @Test func recordingsAreReadAndAnalysed() throws {
    let fixture = try Fixture.shared()
    let report = try report(
      "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt"))
    #expect(report.measures.map(\.id) == ["read", "analyse"] && report.rounds == 2)
    #expect(report.measures.allSatisfy { $0.rate.isOrdered && $0.unit == "samples/s" })
    let alone = try exitlens("bench", "--baseline", fixture.recording("baseline"))
    #expect(alone.code == 64 && alone.errors.contains("'--egt'"))
    let missing = try exitlens("bench", "--baseline", "no", "--egt", "none")
    #expect(missing.code == 66)
  }

  @Test func textIsATable() throws {
    let outcome = try exitlens("bench", "--quick", "--only", "overlay", "--only", "sgemm-one")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 5 && lines[0].hasSuffix("quick: no figures to keep"))
    #expect(lines[1].hasPrefix("measure ") && lines[2].hasPrefix("sgemm-one "))
    #expect(lines[3].hasPrefix("overlay ") && lines[4].hasPrefix("peak resident memory"))
  }
}
