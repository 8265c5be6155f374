import FileKit
import Foundation
import Recordings
import TensorCore
import Testing

/// Recordings at the edge of sense, from any framework: what the report says of each, or why there is none.
@Suite struct HostileRecordingsTests {
  /// One kind of recording, and what comes of it.
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var options: [String] = []
    /// Words on pages of the report, by page.
    var says: [String: [String]]
    /// Changes both recordings, whose attention kind is unknown and whose maps may hold any number.
    var change: @Sendable (inout Recording, inout Recording) throws -> Void = { _, _ in }
  }

  private static let notCompared = "How far the two models’ maps agree is not compared."

  static let table: [Row] = [
    Row(
      testDescription: "attention NaN",
      says: ["index.html": ["UNDEFINED-MAPS"], "gallery-1.html": ["not finite: hatched"]]
    ) { $1.attention[0] = try $1.attention[0].changing(0, to: .nan) },
    Row(
      testDescription: "attention infinite",
      says: ["index.html": ["UNDEFINED-MAPS"], "gallery-1.html": ["not finite: hatched"]]
    ) { $1.attention[0] = try $1.attention[0].changing(0, to: .infinity) },
    Row(testDescription: "attention zero", says: ["index.html": ["UNDEFINED-MAPS", "9 of 9"]]) {
      $1.attention[1] = MapTensor([Float](repeating: 0, count: 9 * 64))
    },
    Row(testDescription: "attention constant", says: ["index.html": ["UNDEFINED-MAPS"]]) {
      $1.attention[1] = MapTensor([Float](repeating: 0.25, count: 9 * 64))
    },
    Row(
      testDescription: "attention negative",
      says: ["index.html": ["NEGATIVE-MAPS"], "gallery-1.html": ["negative: drawn as 0"]]
    ) {
      $1.attention[0] = try $1.attention[0].changing(0, to: -1)
    },
    Row(testDescription: "attention 1×1", says: ["index.html": ["UNDEFINED-MAPS", "1×1"]]) {
      try $1.regrid(0, GridSize(height: 1, width: 1))
    },
    Row(testDescription: "attention not square", says: ["index.html": ["3×5"]]) {
      try $0.regrid(0, GridSize(height: 3, width: 5))
      try $1.regrid(0, GridSize(height: 3, width: 5))
    },
    Row(
      testDescription: "other grids in the other model",
      says: [
        "index.html": ["16×16", "5×3", "OTHER-GRIDS", notCompared],
        "consistency.html": ["are not compared, and none of their differences is marked"],
      ]
    ) {
      try $1.regrid(0, GridSize(height: 5, width: 3))
    },
    Row(
      testDescription: "other kinds of map",
      says: [
        "index.html": [
          "OTHER-MAPS", notCompared, "the maps of EGT are Grad-CAM, those of Baseline activation",
        ]
      ]
    ) {
      $0.manifest.mapKind = "activation"
      $1.manifest.mapKind = "Grad-CAM"
    },
    Row(
      testDescription: "one map for all exits",
      says: [
        "index.html": [
          "IDENTICAL-EXITS", notCompared, "exits 4, 5 of EGT have one and the same map",
        ]
      ]
    ) { $1.attention[3] = $1.attention[4] },
    Row(testDescription: "probabilities as logits", says: ["index.html": ["PROBABILITIES"]]) {
      for exit in 0..<5 { $1.logits[exit] = (0..<9).flatMap { _ in [0.25, 0.25, 0.5] as [Float] } }
    },
    Row(testDescription: "1 class", says: ["provenance.html": ["only"]]) {
      try reclass(&$0, 1)
      try reclass(&$1, 1)
      $0.manifest.classNames = ["only"]
      $1.manifest.classNames = ["only"]
    },
    Row(testDescription: "200 classes", says: ["index.html": ["SMALL-CLASS", "of 200 classes"]]) {
      try reclass(&$0, 200)
      try reclass(&$1, 200)
    },
    Row(testDescription: "a class with no sample", says: ["index.html": ["SMALL-CLASS", "has 0"]]) {
      try reclass(&$0, 4)
      try reclass(&$1, 4)
    },
    Row(testDescription: "no correct sample", says: ["index.html": ["0.0", "CHANCE"]]) {
      $0.answer { $0 + 1 }
      $1.answer { $0 + 1 }
    },
    Row(testDescription: "all correct", says: ["index.html": ["100.0"]]) {
      $0.answer { $0 }
      $1.answer { $0 }
    },
    Row(testDescription: "1 sample", says: ["index.html": ["on 1 test image,"]]) {
      try $0.keep(1)
      try $1.keep(1)
    },
    Row(testDescription: "1 seed", says: ["index.html": ["FEW-SEEDS"]]),
    Row(
      testDescription: "ties at the threshold", options: ["--threshold", "0.5"],
      says: ["efficiency.html": ["100.0"]]
    ) {
      for exit in 0..<5 {
        $0.logits[exit] = (0..<9).flatMap { _ in [0, 0, -1e30] as [Float] }
        $1.logits[exit] = $0.logits[exit]
      }
    },
    Row(
      testDescription: "τ = 0", options: ["--threshold", "0"],
      says: ["efficiency.html": ["100.0"]]),
    Row(
      testDescription: "τ = 1", options: ["--threshold", "1"], says: ["efficiency.html": ["1.00"]]),
    Row(testDescription: "identical models", says: ["index.html": ["IDENTICAL-MODELS"]]) {
      $1 = $0
    },
    Row(
      testDescription: "models evaluated on different samples",
      says: [
        "index.html": ["No paired comparison was made."],
        "gallery-1.html": ["Models that saw other images are left out."],
      ]
    ) { $1.labels.swapAt(0, 8) },
  ]

  @Test(arguments: table) func reported(_ row: Row) throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    var arms = try (
      Recording.loose(fixture.recording("baseline")), Recording.loose(fixture.recording("egt"))
    )
    try row.change(&arms.0, &arms.1)
    try RecordingWriter.write(arms.0, to: scratch("baseline"))
    try RecordingWriter.write(arms.1, to: scratch("egt"))
    let outcome = try Command(
      ["report", "--baseline", "baseline", "--egt", "egt", "--out", "report"]
        + ["--figure-format", "none"] + row.options,
      in: scratch.path
    ).run()
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    for (page, words) in row.says {
      let text = String(decoding: try Files.read(scratch("report/\(page)")), as: UTF8.self)
      for word in words { #expect(text.contains(word), "\(word) on \(page)") }
      if words.contains(Self.notCompared) {
        for claim in ["agree more", "agree less", "agreement is higher", "agreement is lower"] {
          #expect(!text.contains(claim), "\(claim) on \(page)")
        }
      }
    }
    // What it prints follows from its tables, whatever the input.
    let verify = try exitlens("verify", "report", in: scratch.path)
    #expect(verify.code == 0, "\(verify.output)\(verify.errors)")
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch("report"))
    where name.hasSuffix(".html") {
      let text = String(decoding: try Files.read(scratch("report/\(name)")), as: UTF8.self)
      for word in [">nan<", ">inf<", ">-nan<", ">NaN<", "+∞", "-0.0"] {
        #expect(!text.contains(word), "\(word) on \(name)")
      }
    }
  }

  /// A network that can answer nothing.
  @Test func noClassIsRefused() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    try scratch.copy(fixture.recording("egt"), as: "empty")
    let manifest = String(decoding: try Files.read(scratch("empty/recording.json")), as: UTF8.self)
    let names = try #require(manifest.firstRange(of: /"classNames" : \[[^\]]*\]/))
    try Files.write(
      manifest.replacingCharacters(in: names, with: "\"classNames\" : []"),
      to: scratch("empty/recording.json"))
    let outcome = try exitlens(
      "report", "--baseline", "empty", "--egt", "empty", "--out", "report", in: scratch.path)
    #expect(outcome.code == 65 && outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("logits.1: expected [9, 0], got [9, 3]"))
  }

  /// Nothing was answered, so nothing can be reported: whoever wrote such a recording has a fault to find.
  @Test func noSampleIsRefused() throws {
    let fixture = try Fixture.shared()
    let scratch = try Scratch()
    try scratch.copy(fixture.recording("egt"), as: "empty")
    var recording = try Recording.loose(fixture.recording("egt"))
    try recording.keep(0)
    #expect(throws: RecordingFault.self) {
      try RecordingWriter.write(recording, to: scratch("empty"))
    }
    // As another framework would write it.
    var tensors = SafetensorsWriter()
    tensors.add("labels", [Int64](), shape: [0])
    for (exit, side) in [16, 8, 4, 2, 2].enumerated() {
      tensors.add("logits.\(exit + 1)", [Float](), shape: [0, 3])
      tensors.add("attention.\(exit + 1)", [Float](), shape: [0, side, side])
    }
    tensors.add("images", [UInt8](), shape: [0, 32, 32, 1])
    try tensors.write(to: scratch("empty/recording.safetensors"))
    let outcome = try exitlens(
      "report", "--baseline", "empty", "--egt", "empty", "--out", "report", in: scratch.path)
    #expect(outcome.code == 65 && outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("labels: expected at least one sample, got none"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["empty"])
  }
}

/// Gives a recording another number of classes; labels and answers stay where they can.
private func reclass(_ recording: inout Recording, _ count: Int) throws {
  let old = recording.classCount
  recording.manifest.classNames = (0..<count).map { "class \($0)" }
  recording.labels = recording.labels.map { min($0, count - 1) }
  func widen(_ logits: [Float]) -> [Float] {
    stride(from: 0, to: logits.count, by: old).flatMap { row in
      (0..<count).map { $0 < old ? logits[row + $0] : -20 }
    }
  }
  recording.logits = recording.logits.map(widen)
  if let validation = recording.validation {
    recording.validation = .init(
      labels: validation.labels.map { min($0, count - 1) }, logits: validation.logits.map(widen))
  }
  recording.manifest.provenance?.data?.counts = nil
}

extension Recording {
  /// A recording in memory, whose maps may hold anything.
  fileprivate static func loose(_ folder: String) throws -> Recording {
    let read = try RecordingReader.read(folder)
    var manifest = read.manifest
    manifest.attentionKind = nil
    manifest.mapKind = nil
    return Recording(
      manifest: manifest, labels: read.labels, logits: read.logits,
      attention: try read.attention.map { try $0.elements() }, images: try read.images?.elements(),
      validation: read.validation)
  }

  /// Gives an exit's maps another grid.
  fileprivate mutating func regrid(_ exit: Int, _ grid: GridSize) throws {
    manifest.exits[exit].grid = grid
    attention[exit] = MapTensor(
      (0..<sampleCount * grid.count).map { Float(1 + ($0 * 7) % 11) / 50 })
  }

  /// Every exit answers with the class that `answer` makes of the label.
  fileprivate mutating func answer(_ answer: (Int) -> Int) {
    for exit in logits.indices {
      logits[exit] = labels.flatMap { label in
        (0..<classCount).map { $0 == answer(label) % classCount ? 3 : 0 }
      }
    }
  }

  /// Keeps the first samples only.
  fileprivate mutating func keep(_ count: Int) throws {
    let grids = manifest.exits.map(\.grid.count)
    self = Recording(
      manifest: manifest, labels: Array(labels.prefix(count)),
      logits: logits.map { Array($0.prefix(count * classCount)) },
      attention: try zip(attention, grids).map { Array(try $0.elements().prefix($1 * count)) },
      images: try images.map {
        Array(try $0.elements().prefix(count * manifest.input.count * manifest.channels))
      }, validation: validation)
    manifest.identifiers = manifest.identifiers.map { Array($0.prefix(count)) }
  }
}

extension MapTensor {
  fileprivate func changing(_ index: Int, to value: Float) throws -> MapTensor {
    var values = try elements()
    values[index] = value
    return MapTensor(values)
  }
}
