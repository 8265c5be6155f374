import ArgumentParser
import FileKit
import Foundation

/// The door to `exitlens-bench`, a program of its own beside this one.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Measure this machine: training step, inference, matrix product, statistics, overlays.",
    discussion: "Starts exitlens-bench, which lies beside exitlens, with the same arguments.")

  @Argument(parsing: .captureForPassthrough, help: "See exitlens-bench --help.")
  var arguments: [String] = []

  /// Becomes exitlens-bench where `bench` was called; its arguments are its own to read.
  /// - Parameter arguments: with the program's own name.
  /// - Returns: why it could not; nil where something else was called.
  static func openDoor(_ arguments: [String]) -> (any Fault)? {
    guard arguments.dropFirst().first == "bench" else { return nil }
    let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let program = folder.appendingPathComponent("exitlens-bench").path
    var words: [UnsafeMutablePointer<CChar>?] =
      ([program] + arguments.dropFirst(2)).map { strdup($0) } + [nil]
    execv(program, &words)
    return MissingBench(program: program, reason: String(cString: strerror(errno)))
  }

  func run() throws {
    preconditionFailure("main opens the door before anything is parsed")
  }
}

/// exitlens-bench is not where it was installed.
private struct MissingBench: Fault {
  var program: String
  var reason: String

  var diagnosis: Diagnosis {
    Diagnosis(
      .failed, "cannot start exitlens-bench", at: program, expected: "a program", got: reason,
      hint: "build it with `make build`; `make install` puts both programs into one folder")
  }
}
