import CommandLineKit
import FileKit
import Foundation
import Network
import Training

/// All figures of a run of `exitlens bench`.
struct BenchReport: Encodable {
  var formatVersion = 1
  var version = Release.version
  var machine: MachineDescription
  /// Of the networks that training steps and inference are measured on.
  var architecture: Architecture
  var rounds: Int
  /// Whether rounds and products were cut short: then no figure means anything.
  var isQuick: Bool
  var measures: [BenchMeasure] = []
  /// The process's peak resident memory after the first training measurement.
  var trainingPeakBytes: Int?
  var earlyStop: BenchEarlyStop.Result?
  /// The process's peak resident memory at the end.
  var peakBytes = 0

  init(machine: MachineDescription, architecture: Architecture, rounds: Int, isQuick: Bool) {
    self.machine = machine
    self.architecture = architecture
    self.rounds = rounds
    self.isQuick = isQuick
  }

  /// VmHWM of this process; 0 where the system does not say.
  static var peakMemory: Int {
    // "1234 kB"
    let text = MachineDescription.value(of: "VmHWM", separator: ":", in: "/proc/self/status")
    return (text?.split(separator: " ").first.flatMap { Int($0) } ?? 0) * 1024
  }

  /// The same as a table for people.
  var lines: [String] {
    var lines = [
      "exitlens \(version), \(machine.cpu), \(machine.threads) thread(s), BLAS core "
        + "\(machine.blasCore) (chosen by \(machine.blasChosenBy)), \(architecture.rawValue) networks, "
        + "\(rounds) rounds"
        + (isQuick ? ", quick: no figures to keep" : ""),
      Self.row(["measure", "median", "lowest", "highest", "unit", "ms a call", "GFLOP/s"]),
    ]
    for measure in measures {
      lines.append(
        Self.row([
          measure.id, Self.short(measure.rate.median), Self.short(measure.rate.lowest),
          Self.short(measure.rate.highest), measure.unit, Self.short(measure.milliseconds.median),
          measure.gflops.map(Self.short) ?? "",
        ]))
    }
    if let earlyStop { lines += earlyStop.lines }
    if let trainingPeakBytes {
      lines.append("peak resident memory, training: \(trainingPeakBytes >> 20) MiB")
    }
    lines.append("peak resident memory, all: \(peakBytes >> 20) MiB")
    return lines
  }

  /// First column and units left, numbers right.
  private static func row(_ cells: [String]) -> String {
    zip(cells, [-16, 10, 10, 10, -9, 10, 9]).map { text, width in
      let padding = String(repeating: " ", count: max(0, abs(width) - text.count))
      return width < 0 ? text + padding : padding + text
    }.joined(separator: " ")
  }

  /// Three digits or so, whatever the size.
  static func short(_ value: Double) -> String {
    Decimals.fixed(value, value >= 100 ? 0 : value >= 10 ? 1 : 2)
  }
}
