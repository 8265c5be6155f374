import ArgumentParser
import CommandLineKit
import FileKit
import Report

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Check that a report's files are those that were written, and that its headline follows "
      + "from its table of samples.",
    discussion: """
      Compares every file with MANIFEST.sha256, and recomputes accuracies, consistencies, their \
      differences and where samples leave from data/samples.csv. What is wrong goes to standard \
      error, a line each. This finds accidents; who changes a file on purpose can change the \
      manifest as well.
      Exit codes: 0 all is as it was written; 1 something is not; 65 not a report; 66 no such folder.
      """)

  @Argument(help: "The report's folder.")
  var report: String

  func run() throws {
    let result = try ReportVerifier.verify(report)
    for finding in result.findings { Console.error(finding.line) }
    Console.line("files: \(result.fileCount) in the manifest")
    if let reason = result.notRecomputed {
      Console.line("headline: not recomputed, because \(reason)")
    } else {
      Console.line("headline: \(result.recomputedCount) numbers recomputed from data/samples.csv")
    }
    Console.line(
      result.findings.isEmpty ? "verified: nothing is wrong" : "wrong: \(result.findings.count)")
    if !result.findings.isEmpty { throw ExitCode(Diagnosis.Code.failed.rawValue) }
  }
}
