import ArgumentParser
import FileKit
import Foundation

/// Errors to one line on standard error and the contract's exit codes.
package enum Failure {
  /// - Parameters:
  ///   - root: the command that was parsed.
  ///   - program: what a user calls it.
  package static func exit(
    _ error: any Error, of root: any ParsableCommand.Type, program: String
  ) -> Never {
    Interruption.waitIfStopping()
    if let fault = error as? any Fault {
      Console.error(fault.diagnosis.line)
      Foundation.exit(fault.diagnosis.code.rawValue)
    }
    let code = root.exitCode(for: error)
    guard code != .success, !(error is ExitCode) else {
      // Help and version go to standard output; a bare exit code says nothing.
      let text = root.fullMessage(for: error)
      if code == .success, !text.isEmpty { Console.answer(text) }
      guard let fault = Console.lost else { Foundation.exit(code.rawValue) }
      Console.error(fault.diagnosis.line)
      Foundation.exit(code == .success ? fault.diagnosis.code.rawValue : code.rawValue)
    }
    // The parser adds usage and help on lines of their own; one line is the contract.
    var message = root.message(for: error)
      .split(separator: "\n", omittingEmptySubsequences: true)
      .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    if message.hasSuffix(".") { message.removeLast() }
    // The parser says which value is wrong, and names its kind, but not what it should have been.
    if let kind = OptionValue.allCases.first(where: { message.hasSuffix("<\($0.rawValue)>'") }),
      message.hasPrefix("The value ")
    {
      message += ": expected \(kind.expectation)"
    }
    Console.error("\(message); see `\(helpCommand(root, program))`".singleLine)
    Foundation.exit(code == .validationFailure ? Diagnosis.Code.usage.rawValue : code.rawValue)
  }

  /// What prints the help of the command that was called.
  private static func helpCommand(
    _ root: any ParsableCommand.Type, _ program: String
  ) -> String {
    let names = root.configuration.subcommands.map {
      $0.configuration.commandName ?? "\($0)".lowercased()
    }
    let called = CommandLine.arguments.dropFirst().first { names.contains($0) }
    return [program, called, "--help"].compactMap { $0 }.joined(separator: " ")
  }
}
