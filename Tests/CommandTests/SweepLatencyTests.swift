import FileKit
import Foundation
import Testing

/// Times of a sweep's networks lie beside its recordings, and reach Table II.
@Suite struct SweepLatencyTests {
  private static let options =
    [
      "--lambdas", "0,0.3", "--seeds", "1,2", "--size", "16", "--epochs", "1", "--threads", "1",
      "--latency",
    ]
  private static let names = [
    "lambda-0-seed-1", "lambda-0-seed-2", "lambda-0.3-seed-1", "lambda-0.3-seed-2",
  ]

  @Test func timesLieBesideTheRecordings() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    let command = Command(["sweep", "data", "--out", "sweep"] + Self.options, in: scratch.path)
    let outcome = try command.run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("sweep: 4 of 4 runs done"))
    #expect(outcome.output.hasSuffix("times: 4 of 4\n"))
    let files = try scratch.contents(of: "sweep")
    for name in Self.names {
      let recording = try #require(files["recordings/\(name)/recording.json"])
      #expect(!String(decoding: recording, as: UTF8.self).contains("latency"))
    }
    // What is measured is not measured again.
    #expect(try command.run().output == "sweep: 4 of 4 runs done: sweep\n")
    try expectSame(files, scratch.contents(of: "sweep"))

    let report = try exitlens(
      "report", "sweep", "--out", "report", "--figure-format", "none", in: scratch.path)
    #expect(report.code == 0, "\(report.errors)")
    let data = try JSONSerialization.jsonObject(
      with: Data(try Files.read(scratch("report/data/report.json"))))
    let tables = (data as? [String: Any])?["tables"] as? [String: Any]
    let rows = try #require(tables?["times"] as? [[String: Any]])
    #expect(rows.count == 2)
    for (row, arm) in zip(rows, ["lambda-0", "lambda-0.3"]) {
      let (mean, deviation) = try Self.final(arm, in: files)
      #expect(try abs(#require(row["finalMs"] as? Double) - mean) < 1e-9)
      #expect(try abs(#require(row["finalMsSd"] as? Double) - deviation) < 1e-9)
      #expect(row["runs"] as? Int == 2)
    }

    try scratch.write("sweep/latency/lambda-0-seed-1.json", "{}")
    let broken = try exitlens("report", "sweep", "--out", "broken", in: scratch.path)
    #expect(broken.code == 65 && broken.errorLines.count == 1, "\(broken.errors)")
    #expect(broken.errors.contains("unreadable times of a run: sweep/latency/lambda-0-seed-1.json"))
  }

  /// Mean and standard deviation of two runs' mean times to the final exit, from the files.
  private static func final(
    _ arm: String, in files: [String: [UInt8]]
  ) throws -> (Double, Double) {
    let means = try (1...2).map { seed -> Double in
      let bytes = try #require(files["latency/\(arm)-seed-\(seed).json"])
      let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
      let latency = try #require(object?["latency"] as? [String: Any])
      let exits = try #require(latency["exits"] as? [[String: Double]])
      return try #require(exits[4]["mean"])
    }
    return ((means[0] + means[1]) / 2, abs(means[0] - means[1]) / 2.0.squareRoot())
  }
}
