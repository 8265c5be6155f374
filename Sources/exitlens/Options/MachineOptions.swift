import ArgumentParser
import FileKit
import Foundation
import TensorCore

/// How many threads work.
struct MachineOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: .value(
      .wholeNumber, "Threads (default: one a core). Results are the same bytes for the same number."
    ))
  var threads: Int?

  mutating func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("The value '\(threads)' is invalid for '--threads': expected 1 to 256")
    }
  }

  var lanes: Lanes { Lanes(threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)) }
}

/// The command line, quoted so that a shell reads it again.
enum CommandText {
  static var current: String {
    (["exitlens"] + CommandLine.arguments.dropFirst()).map(quoted).joined(separator: " ")
  }

  static func quoted(_ argument: String) -> String {
    let plain = argument.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || "0123456789-_=+,./:@%".unicodeScalars.contains($0))
    }
    if plain && !argument.isEmpty { return argument }
    return "'" + argument.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
