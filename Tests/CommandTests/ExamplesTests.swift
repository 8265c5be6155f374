import FileKit
import Foundation
import Testing

/// What Examples/ shows runs as it says.
@Suite struct ExamplesTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Runs a program; its words are paths and texts of this test's own.
  private func run(
    _ words: [String], environment: [String: String] = [:]
  ) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.environment = Command.usualEnvironment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test func analysisFromSwift() throws {
    let program = URL(fileURLWithPath: Command.program).deletingLastPathComponent()
      .appendingPathComponent("AnalysisFromSwift").path
    let samples = "\(Self.root)/reports/sample-recordings"
    let outcome = try run([program, "Mine=\(samples)/baseline", "Other=\(samples)/egt"])
    #expect(outcome.code == 0)
    // The same numbers as those of the committed report.
    let exits = String(
      decoding: try Files.read("\(Self.root)/reports/sample/data/exits.csv"), as: UTF8.self)
    let row = try #require(exits.split(separator: "\r\n").dropFirst().first).split(
      separator: ",", omittingEmptySubsequences: false)
    let header = try #require(exits.split(separator: "\r\n").first).split(separator: ",")
    let place = try #require(header.firstIndex(of: "cosine"))
    let cosine = String(format: "%.3f", try #require(Double(row[place])))
    #expect(outcome.output.contains("Mine, exit 1: cosine \(cosine) ["), "\(outcome.output)")
    #expect(outcome.output.contains("Other − Mine: excess "))
    #expect(outcome.output.contains("FEW-SEEDS: "))
    #expect(try run([program, "x=/none"]).code == 1)
  }

  @Test func ownImages() throws {
    let scratch = try Scratch()
    let outcome = try run(
      ["\(Self.root)/Examples/own-images/run.sh", scratch("images"), scratch("work")],
      environment: ["EXITLENS": Command.program])
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(FileManager.default.fileExists(atPath: scratch("work/report/index.html")))
    #expect(FileManager.default.fileExists(atPath: scratch("images/square/059.png")))
  }

  /// PyTorch is not on every machine that tests: the script is read by Python, and every name that it takes from
  /// docs/pytorch_recording.py is one there.
  @Test func pytorchModel() throws {
    let script = "\(Self.root)/Examples/pytorch-model/record.py"
    let check = """
      import ast, sys
      tree = ast.parse(open(sys.argv[1]).read())
      library = ast.parse(open(sys.argv[2]).read())
      names = {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "pytorch_recording" for a in n.names}
      there = {n.name: n for n in library.body if isinstance(n, ast.FunctionDef)}
      assert names and names <= set(there), names
      for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") in names):
          known = {a.arg for a in there[call.func.id].args.args + there[call.func.id].args.kwonlyargs}
          assert {k.arg for k in call.keywords} <= known, (call.func.id, known)
      """
    let outcome = try run(
      ["python3", "-c", check, script, "\(Self.root)/docs/pytorch_recording.py"])
    #expect(outcome.code == 0, "\(outcome.output)")
  }
}
