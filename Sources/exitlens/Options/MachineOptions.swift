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

  /// What runs and recordings say made them: the same for a run that was stopped and one that was left alone.
  static var recorded: String { current(withoutFlags: ["--resume", "--force"], options: []) }

  /// The command line without options that only decide who works, and when.
  /// - Parameters:
  ///   - flags: options without a value, such as "--plan".
  ///   - options: options with one, such as "--jobs".
  static func current(withoutFlags flags: Set<String>, options: Set<String>) -> String {
    var words = ["exitlens"]
    var skipsNext = false
    for word in CommandLine.arguments.dropFirst() {
      if skipsNext {
        skipsNext = false
      } else if options.contains(word) {
        skipsNext = true
      } else if !flags.contains(word), !options.contains(where: { word.hasPrefix($0 + "=") }) {
        words.append(word)
      }
    }
    return words.map(quoted).joined(separator: " ")
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
