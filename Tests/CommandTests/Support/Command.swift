import Foundation
import Testing

/// The built `exitlens`, started the way a user starts it.
struct Command {
  /// How a process ended and what it said.
  struct Outcome {
    var code: Int32
    var output: String
    var errors: String

    /// The lines on standard error, which must end in a line end.
    var errorLines: [String] {
      guard !errors.isEmpty else { return [] }
      return errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map(String.init) + (errors.hasSuffix("\n") ? [] : ["a line without its end"])
    }
  }

  /// What is started: the built program, or a copy of it.
  var program = Self.program
  var arguments: [String]
  var folder: String?
  /// Changes to this process's environment; nil removes a variable.
  var environment: [String: String?] = [:]
  /// A command before exitlens, such as `taskset -c 0`.
  var wrapper: [String] = []

  init(_ arguments: [String], in folder: String? = nil) {
    self.arguments = arguments
    self.folder = folder
  }

  /// The program, which the build leaves beside the tests.
  static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("exitlens").path

  /// A process that is ready to start.
  /// - Parameters: where standard output and standard error go, each a `Pipe` or a `FileHandle`.
  func process(output: Any, errors: Any) -> Process {
    let process = Process()
    let words = wrapper + [program] + arguments
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    var variables = Self.usualEnvironment
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    return process
  }

  /// This process's environment without what decides about OpenBLAS's kernel: a machine may set it, and tests of the
  /// layers that open OpenBLAS in this process do for a moment.
  static var usualEnvironment: [String: String] {
    ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("OPENBLAS_") }
  }

  /// Runs to the end.
  func run() throws -> Outcome {
    // Files, because a full pipe would stop a process that nobody reads from.
    let scratch = try Scratch()
    func sink(_ name: String) throws -> FileHandle {
      try scratch.write(name, "")
      return try #require(FileHandle(forWritingAtPath: scratch(name)))
    }
    let process = process(output: try sink("output"), errors: try sink("errors"))
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: scratch(name))), as: UTF8.self)
    }
    #expect(process.terminationReason == .exit, "ended by signal \(process.terminationStatus)")
    return Outcome(
      code: process.terminationStatus, output: try text("output"), errors: try text("errors"))
  }
}

/// Runs `exitlens` and tells how it ended.
@discardableResult
func exitlens(_ arguments: String..., in folder: String? = nil) throws -> Command.Outcome {
  try Command(arguments, in: folder).run()
}
