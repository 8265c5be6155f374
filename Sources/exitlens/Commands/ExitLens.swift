import ArgumentParser
import CMemory
import CommandLineKit
import FileKit
import Foundation

/// The command: parse, call one function, print, exit code.
@main
struct ExitLens: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exitlens",
    abstract: "Train early-exit networks and audit whether their exits look at the same things.",
    discussion: """
      DATA is an image folder (class/file.png, or train/class/… with test/class/…), a folder of IDX \
      files or of CIFAR-10's .bin files, a MedMNIST .npz file, or radar[:SEED].
      Exit codes: 0 done; 1 failed; 2 flags raised with --strict; 64 usage; 65 bad data; 66 no such \
      input; 73 cannot write. Nothing is ever deleted that ExitLens cannot prove to have written.
      """,
    version: Release.version,
    subcommands: [
      Audit.self, Train.self, Record.self, Sweep.self, ReportCommand.self, FigureCommand.self,
      Predict.self, Export.self,
      Verify.self, Doctor.self,
      Bench.self,
    ])

  static func main() {
    // Before standard streams are touched: they are handed on as they are.
    let missing = Bench.openDoor(CommandLine.arguments)
    exl_memory_begin()
    Console.begin()
    // A reader that has gone (`exitlens train … | head`) must not end the work, and a file larger than `ulimit -f`
    // is an error of its writing.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    do {
      if let missing { throw missing }
      var command = try parseAsRoot(
        ArgumentNormaliser(exitlens: Array(CommandLine.arguments.dropFirst())).normalised)
      if let command = command as? any OutputCommand {
        try command.places.check()
        let advice = command.afterStopping
        Interruption.watch { Console.error("stopped by \($0); \(advice)") }
      }
      try command.run()
      if let fault = Console.lost { throw fault }
    } catch {
      Failure.exit(error, of: Self.self, program: "exitlens")
    }
  }
}
