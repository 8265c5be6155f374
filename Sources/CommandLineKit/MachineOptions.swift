import ArgumentParser
import Foundation
import TensorCore

/// How many threads work.
package struct MachineOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: .value(
      .wholeNumber, "Threads (default: one a core). Results are the same bytes for the same number."
    ))
  package var threads: Int?

  package init() {}

  package mutating func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("The value '\(threads)' is invalid for '--threads': expected 1 to 256")
    }
  }

  package var lanes: Lanes {
    Lanes(threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount))
  }
}
