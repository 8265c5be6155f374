import FileKit
import Foundation
import Testing

/// How a folder of images is read is told: on the terminal, in the run, in the report.
@Suite struct DataFolderTests {
  /// Everything that there may be to say, in one audit.
  @Test func notesTravelIntoTheReport() throws {
    let scratch = try Scratch()
    for (part, count) in [("Train", 12), ("valid", 4), ("unlabelled", 3)] {
      try TinyImages.write(scratch, "data/\(part)", classes: ["ant", "bee"], count: count)
    }
    for index in 0..<30 { try scratch.write("data/Train/ant/\(index).webp", "RIFF....WEBPVP8 ") }
    try scratch.write("data/Train/bee/notes.txt", "words")
    try TinyImages.write(scratch, "data/Train/ant", classes: ["@eaDir"], count: 2)
    let outcome = try Command(
      ["audit", "data", "--out", "report"] + BadInput.quick, in: scratch.path
    ).run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = [
      "parts: Train/ is the training part, valid/ the validation part (no fraction of Train/ is); "
        + "there is no test folder: --test-fraction 0.25 of Train/ is the test part",
      "not used: unlabelled/, no part beside Train/ and valid/",
      "left out system folders: @eaDir (1)",
      "left out 30 image files of types that are not read: 30 .webp; convert to PNG or JPEG to "
        + "use them",
      "left out 1 other file in class folders: 1 .txt",
    ]
    let page = try text(scratch("report/provenance.html"))
    let table = try text(scratch("report/data/provenance.csv"))
    let run = try text(scratch("report-runs/egt-seed-1/run.json"))
    for line in lines {
      #expect(outcome.output.contains("data: \(line)\n"), "\(outcome.output)")
      #expect(page.contains(line) && table.contains(line))
      #expect(run.replacingOccurrences(of: "\\/", with: "/").contains(line))
    }
    #expect(outcome.output.contains("18 training, 8 validation, 6 test images"))
    #expect(page.contains("30 images were left out"))
    #expect(
      try text(scratch("report/data/skipped.csv")).contains("unsupported image: a WebP image"))
  }

  /// What every command writes is known where it lies in the data: a network trained on them is the same.
  @Test func ownOutputIsNoClass() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    try TinyImages.write(scratch)
    let train = ["train", "data"] + BadInput.quick
    #expect(try Command(train + ["--out", "before"], in: scratch.path).run().code == 0)
    try scratch.copy(fixture.report, as: "data/report")
    try scratch.copy(fixture.scratch("report-runs"), as: "data/report-runs")
    try scratch.copy(fixture.run("egt"), as: "data/ant/run")
    let made: [[String]] = [
      ["export", fixture.run("egt"), "--out", "data/edge"],
      [
        "figure", "--baseline", fixture.recording("baseline"), "--egt", fixture.recording("egt"),
        "--out", "data/paper", "--only", "consistency",
      ],
      ["sweep", fixture.data, "--lambdas", "0", "--seeds", "1", "--out", "data/sweep"]
        + BadInput.quick,
    ]
    for arguments in made {
      let outcome = try Command(arguments, in: scratch.path).run()
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    let outcome = try Command(train + ["--out", "after"], in: scratch.path).run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("data: data, 3 classes, "))
    for own in [
      "ant/run/ (a run)", "edge/ (an exported network)", "paper/ (paper figures)",
      "report/ (a report)", "report-runs/baseline-seed-1/ (a run)",
      "report-runs/egt-seed-1-recording/ (a recording)", "sweep/ (a sweep)",
    ] {
      #expect(outcome.output.contains(own), "\(own) in \(outcome.output)")
    }
    #expect(try hash(scratch("before/run.json")) == hash(scratch("after/run.json")))
  }

  @Test(arguments: [
    BadInput.data("parts of names that nobody uses", 65, "'te', 'tr'", "'ant', 'bee'", "call them")
    {
      for part in ["tr", "te"] {
        try TinyImages.write($0, "data/\(part)", classes: ["ant", "bee"])
      }
    },
    BadInput.data("test images in no class folder", 65, "'test'", "12 images of no class") {
      try TinyImages.write($0, "data/train", classes: ["ant", "bee"])
      try TinyImages.write($0, classes: ["test"])
    },
    BadInput.data("a part or a class", 65, "'train'", "'extra'") {
      try TinyImages.write($0, "data/train", classes: ["ant", "bee"])
      try TinyImages.write($0, classes: ["extra"])
    },
    BadInput("a report for data", 65, ["a report that exitlens wrote"]) { _, fixture in
      ["train", fixture.report, "--out", "run"] + BadInput.quick
    },
  ]) func refused(_ input: BadInput) throws { try input.check() }

  private func text(_ path: String) throws -> String {
    String(decoding: try Files.read(path), as: UTF8.self)
  }

  private func hash(_ manifest: String) throws -> String? {
    try text(manifest).split(separator: "\n").first { $0.contains("\"hash\"") }.map(String.init)
  }
}
