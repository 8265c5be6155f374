import FileKit
import Foundation
import Testing

/// `reports/sample`, which the README shows: what `make sample` makes of the committed recordings, byte for byte.
@Suite struct SampleReportTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The Makefile's own command, so that the two can't drift apart.
  private func recipe() throws -> String {
    let text = String(
      decoding: try Files.read("\(Self.repository)/Makefile"), as: UTF8.self)
    let start = try #require(text.firstRange(of: "\nsample: build\n"))
    let rest = text[start.upperBound...]
    let end = rest.firstRange(of: "\n\n")?.lowerBound ?? rest.endIndex
    return String(rest[..<end]).replacing("\\\n", with: " ")
  }

  @Test func isWhatMakeSampleMakes() throws {
    let scratch = try Scratch()
    let command = try recipe().replacing("$(BIN)", with: "'\(Command.program)'")
      .replacing("--out reports/sample ", with: "--out '\(scratch("sample"))' ")
    var shell = Command(["-c", command], in: Self.repository)
    shell.program = "/bin/sh"
    let outcome = try shell.run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    let made = try scratch.contents(of: "sample")
    expectSame(try contentsOfFolder("\(Self.repository)/reports/sample"), made)
    #expect(made.count > 50)
    #expect(made.values.reduce(0) { $0 + $1.count } <= 1_500_000)
  }
}
