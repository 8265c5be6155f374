import FileKit
import Foundation
import Testing

/// A sweep's folder: whoever works on it, the bytes are the same, and nothing is done twice.
@Suite struct SweepTests {
  private static let options =
    ["--lambdas", "0,0.3", "--seeds", "1,2", "--size", "32", "--epochs", "1", "--threads", "1"]
  private static let names = [
    "lambda-0-seed-1", "lambda-0-seed-2", "lambda-0.3-seed-1", "lambda-0.3-seed-2",
  ]

  /// Data and a sweep of them, made one run after another.
  private static let serial = Result {
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    let outcome = try Command(["sweep", "data", "--out", "sweep"] + options, in: scratch.path).run()
    try #require(outcome.code == 0, "\(outcome.errors)")
    return (scratch: scratch, output: outcome.output)
  }

  /// The same data in another place, and a command there.
  private func place() throws -> Scratch {
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    return scratch
  }

  /// All that a report is made from, and the weights: without what names the place.
  private func results(_ scratch: Scratch) throws -> [String: [UInt8]] {
    var files = try scratch.contents(of: "sweep").filter {
      // The lists hold digests of texts with the place in them.
      ($0.key.hasPrefix("recordings/") || $0.key.hasSuffix("weights.safetensors"))
        && !$0.key.hasSuffix("MANIFEST.sha256")
    }
    for (name, bytes) in files where name.hasSuffix(".json") {
      let text = String(decoding: bytes, as: UTF8.self)
      files[name] = Array(text.replacingOccurrences(of: scratch.path, with: "PLACE").utf8)
    }
    return files
  }

  @Test func everyRunIsTrainedAndRecordedOnce() throws {
    let (scratch, output) = try Self.serial.get()
    let files = try scratch.contents(of: "sweep")
    for name in Self.names {
      #expect(files["runs/\(name)/weights.safetensors"] != nil, "\(name)")
      #expect(files["recordings/\(name)/recording.json"] != nil, "\(name)")
      #expect(output.contains("\(name): begins\n"), "\(name)")
    }
    #expect(output.contains("sweep: 1 of 4 runs done, 25 % of the epochs, about "))
    #expect(output.hasSuffix("sweep: 4 of 4 runs done: sweep\n"))

    let again = try exitlens("sweep", "--out", "sweep", in: scratch.path)
    #expect(again.code == 0 && again.output == "sweep: 4 of 4 runs done: sweep\n")
    try expectSame(files, scratch.contents(of: "sweep"))
  }

  @Test func sameBytesFromJobsAndFromOtherEngines() throws {
    let expected = try results(try Self.serial.get().scratch)
    #expect(expected.count == 12)
    let jobs = try place()
    let command = Command(
      ["sweep", "data", "--out", "sweep", "--jobs", "2"] + Self.options, in: jobs.path)
    let outcome = try command.run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    try expectSame(expected, results(jobs))

    // Each line stands alone: a shell runs it anywhere.
    let lines = try place()
    let plan = try Command(
      ["sweep", "data", "--out", "sweep", "--plan"] + Self.options, in: lines.path
    ).run()
    let commands = plan.output.split(separator: "\n").map(String.init)
    #expect(plan.code == 0 && commands.count == 4)
    #expect(try lines.contents(of: "sweep").keys.filter { $0.hasPrefix("runs/") } == [])
    try lines.write("commands", plan.output)
    let engine =
      FileManager.default.isExecutableFile(atPath: "/usr/bin/parallel")
      ? ["/usr/bin/parallel", "--will-cite", "-j", "2", "-a", lines("commands")]
      : ["/bin/sh", lines("commands")]
    #expect(try status(of: engine) == 0)
    try expectSame(expected, results(lines))
  }

  /// The job array, run as SLURM runs its tasks.
  @Test func slurmTasksDoEveryRun() throws {
    let expected = try results(try Self.serial.get().scratch)
    let scratch = try place()
    let script = try Command(
      ["sweep", "data", "--out", "sweep", "--slurm"] + Self.options, in: scratch.path
    ).run()
    #expect(script.code == 0 && script.output.hasPrefix("#!/bin/bash\n#SBATCH "))
    #expect(script.output.contains("#SBATCH --array=0-3\n#SBATCH --ntasks=1\n"))
    #expect(script.output.contains("#SBATCH --cpus-per-task=1\n"))
    try scratch.write("job.sh", script.output)
    for task in 0..<4 {
      let words = ["/usr/bin/env", "SLURM_ARRAY_TASK_ID=\(task)", "/bin/bash", scratch("job.sh")]
      #expect(try status(of: words) == 0)
    }
    try expectSame(expected, results(scratch))
  }

  /// A finished sweep has no array: `--array=0--1` would be refused by sbatch, or worse.
  @Test func finishedSweepHasNothingForSLURM() throws {
    let scratch = try Self.serial.get().scratch
    for flag in ["--slurm", "--plan"] {
      let outcome = try exitlens("sweep", "--out", "sweep", flag, in: scratch.path)
      #expect(outcome.code == 0 && outcome.output.isEmpty)
      #expect(
        outcome.errors
          == "exitlens: nothing is left to do: 4 of 4 runs done: sweep\n")
    }
  }

  /// Killed in the middle; a second process takes what is left while a third waits for none.
  @Test func killedAndSharedSweepsEndTheSame() throws {
    let expected = try results(try Self.serial.get().scratch)
    let scratch = try place()
    let command = Command(["sweep", "data", "--out", "sweep"] + Self.options, in: scratch.path)
    let first = command.process(output: FileHandle.nullDevice, errors: FileHandle.nullDevice)
    try first.run()
    while first.isRunning, !Files.exists(scratch("sweep/runs/lambda-0.3-seed-1")) { usleep(500) }
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    #expect(first.terminationReason == .uncaughtSignal)

    let pair = (0..<2).map { _ in
      command.process(output: FileHandle.nullDevice, errors: FileHandle.nullDevice)
    }
    for process in pair { try process.run() }
    for process in pair {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    try expectSame(expected, results(scratch))
  }

  /// One run fails: the others are done, the report says which is missing, and a repetition mends it.
  @Test func failedRunIsToldAndRepeated() throws {
    let expected = try results(try Self.serial.get().scratch)
    let scratch = try place()
    try scratch.write("sweep/runs/lambda-0-seed-2/run.json", "{ not json")
    let command = Command(["sweep", "data", "--out", "sweep"] + Self.options, in: scratch.path)
    let failed = try command.run()
    #expect(failed.code == 1 && failed.errorLines.count == 1, "\(failed.errors)")
    #expect(
      failed.errors.contains("1 of 4 runs failed: sweep: got lambda-0-seed-2: unreadable run"))
    #expect(failed.output.contains("lambda-0-seed-2: failed: unreadable run"))

    let report = try exitlens(
      "report", "sweep", "--out", "report", "--figure-format", "none", in: scratch.path)
    #expect(report.code == 0, "\(report.errors)")
    let page = String(decoding: try Files.read(scratch("report/experiment.html")), as: UTF8.self)
    #expect(page.contains("<bdi>lambda-0-seed-2</bdi>: <bdi>failed: unreadable run"))

    try FileManager.default.removeItem(atPath: scratch("sweep/runs/lambda-0-seed-2"))
    #expect(try command.run().code == 0)
    try expectSame(expected, results(scratch))
    #expect(try scratch.contents(of: "sweep").keys.allSatisfy { !$0.hasPrefix("failures/") })
  }

  /// Images that changed in between would mix two experiments.
  @Test func changedDataAreRefused() throws {
    let scratch = try place()
    let command = Command(["sweep", "data", "--out", "sweep"] + Self.options, in: scratch.path)
    #expect(
      try Command(command.arguments + ["--only", Self.names[0]], in: scratch.path).run().code == 0)
    try scratch.write("data/ant/00.png", TinyImages.png(label: 0, index: 1000))
    let outcome = try command.run()
    #expect(outcome.code == 73 && outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("got other images than lambda-0-seed-1 was trained on"))
    #expect(!outcome.output.contains("begins"))
  }

  @Test func reportHasThePapersTables() throws {
    let scratch = try place()
    try scratch.copy(try Self.serial.get().scratch("sweep"), as: "sweep")
    let more = try Command(
      ["sweep", "data", "--out", "sweep", "--lambdas", "1", "--variants", "stop-gradient"]
        + Self.options.dropFirst(2), in: scratch.path
    ).run()
    // Another place's data are other data to a plan.
    #expect(more.code == 73 && more.errors.contains("got the data \(scratch("data"))"))

    let report = try exitlens(
      "report", "sweep", "--out", "report", "--figure-format", "none", in: scratch.path)
    #expect(report.code == 0, "\(report.errors)")
    let page = String(decoding: try Files.read(scratch("report/experiment.html")), as: UTF8.self)
    for word in ["arXiv 2601.08891", "0.693", "0.821", "98.97", "3.60", "1.83", "λ = 0.3", "±"] {
      #expect(page.contains(word), "\(word)")
    }
    #expect(!page.contains("Missing runs"))
    #expect(try exitlens("verify", "report", in: scratch.path).code == 0)
    for name in ["models-consistency", "models-early-exit"] {
      #expect(Files.exists(scratch("report/tables/\(name).tex")), "\(name)")
    }
    let data = try JSONSerialization.jsonObject(
      with: Data(try Files.read(scratch("report/data/report.json"))))
    let json = try #require(data as? [String: Any])
    let models = try #require(json["models"] as? [[String: Any]])
    #expect(models.map { $0["name"] as? String } == ["Baseline", "EGT λ 0.3"])
    #expect(models.map { ($0["seeds"] as? [Int])?.count } == [2, 2])
    let comparisons = try #require(json["comparisons"] as? [[String: Any]])
    #expect(comparisons.map { $0["model"] as? String } == ["EGT λ 0.3"])
    #expect((comparisons[0]["mean"] as? [String: Any])?["cosine"] is [String: Any])
  }

  /// How a process ends.
  private func status(of words: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.environment = Command.usualEnvironment
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
