import Analysis
import Foundation
import Recordings
import TensorCore
import TestSupport
import Testing

/// Recordings that are in order by every rule of the format and mean something else than their owner thinks.
struct RecordingAlertTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var code: String
    /// "both", or the arm that was changed.
    var arm = "egt"
    /// In the message.
    var words: [String]
    /// Changes each of EGT's three recordings.
    var change: @Sendable (inout Recording) throws -> Void
  }

  private static func softmax(_ logits: [Float]) -> [Float] {
    stride(from: 0, to: logits.count, by: 2).flatMap { row in
      let high = 1 / (1 + exp(logits[row + 1] - logits[row]))
      return [high, 1 - high]
    }
  }

  private static func pixels(_ image: (Int) -> [UInt8]) -> ImageTensor {
    ImageTensor((0..<40).flatMap(image))
  }

  static let table: [Row] = [
    Row(
      testDescription: "probabilities", code: "PROBABILITIES",
      words: ["logits.1, logits.2 of EGT", "log(p)"]
    ) { recording in recording.logits = recording.logits.map(softmax) },
    Row(
      testDescription: "validation probabilities", code: "PROBABILITIES",
      words: ["validation.logits.1"]
    ) {
      $0.validation = .init(labels: [0, 1], logits: [[0.25, 0.75, 1, 0], [3, 1, 2, 4]])
    },
    Row(
      testDescription: "one hook for all exits", code: "IDENTICAL-EXITS",
      words: ["Exits 1, 2 of EGT have the same map"]
    ) { $0.attention[0] = $0.attention[1] },
    Row(
      testDescription: "one head for all exits", code: "IDENTICAL-EXITS",
      words: ["Exits 1, 2 of EGT have the same logits"]
    ) { $0.logits[0] = $0.logits[1] },
    Row(
      testDescription: "centred maps", code: "NEGATIVE-MAPS",
      words: ["120 of 120 maps of EGT at exit 1", "undefined and left out"]
    ) { recording in
      recording.attention[0] = MapTensor(
        try recording.attention[0].elements().enumerated().map { $1 - 1.5 + Float($0 % 16) / 100 })
    },
    Row(
      testDescription: "answers at chance", code: "CHANCE",
      words: ["final exit of EGT", "naming the commonest class for each is right about 50.0 %"]
    ) { recording in
      recording.logits[1] = (0..<40).flatMap { [$0 % 4 < 2 ? 1 : 0, 0.5] as [Float] }
    },
    Row(
      testDescription: "exits in reverse order", code: "EARLY-BETTER",
      words: ["Exit 1 of EGT is right about 100.0 %", "in the order"]
    ) { recording in
      recording.logits = [
        recording.labels.flatMap { $0 == 0 ? [9, 0] as [Float] : [0, 9] },
        recording.labels.enumerated().flatMap {
          ($0 % 3 == 0) != ($1 == 0) ? [3, 0] as [Float] : [0, 3]
        },
      ]
    },
    Row(
      testDescription: "validation answers are test answers", code: "VALIDATION-IS-TEST",
      words: ["40 of 40 validation answers of EGT"]
    ) {
      for sample in 0..<40 { $0.logits[0][2 * sample] += Float(sample) / 100 }
      $0.validation = .init(labels: $0.labels, logits: $0.logits)
    },
    Row(
      testDescription: "half of the validation answers, in another order",
      code: "VALIDATION-IS-TEST",
      words: ["2 of 4 validation answers of EGT"]
    ) {
      for sample in 0..<40 { $0.logits[0][2 * sample] += Float(sample) / 100 }
      let own: [Float] = [70, 7]
      $0.validation = .init(
        labels: [$0.labels[7], 0, $0.labels[3], 1],
        logits: $0.logits.map { logits -> [Float] in
          Array(logits[14..<16]) + own + Array(logits[6..<8]) + own
        })
    },
    Row(testDescription: "another part", code: "OTHER-SPLIT", words: ["the part “train”"]) {
      $0.manifest.split = "train"
    },
    Row(
      testDescription: "one image again and again", code: "REPEATED-SAMPLES", arm: "both",
      words: ["20 of 40 samples have the same pixels as an earlier one"]
    ) { $0.images = pixels { [UInt8](repeating: UInt8(max(20, $0)), count: 15) + [0] } },
    Row(
      testDescription: "black images", code: "BLANK-IMAGES", arm: "both",
      words: ["40 of 40 images are black"]
    ) { $0.images = pixels { _ in [UInt8](repeating: 0, count: 16) } },
    Row(
      testDescription: "images of one colour", code: "BLANK-IMAGES", arm: "both",
      words: ["40 of 40 images are of one value throughout (1 black)"]
    ) { $0.images = pixels { [UInt8](repeating: UInt8($0), count: 16) } },
    Row(
      testDescription: "other costs", code: "OTHER-COSTS", arm: "egt",
      words: ["200 MACs in Baseline, 300 in EGT, at exit 2"]
    ) { $0.manifest.exits[1].macs = 300 },
  ]

  @Test(arguments: table) func isTold(_ row: Row) throws {
    let baseline = soundArm(lambda: 0, from: 1)
    let sound = try Auditor.audit(
      baseline: baseline, egt: soundArm(lambda: 0.3, from: 100),
      options: AuditOptions(resamples: 50))
    #expect(!sound.flags.contains { $0.code == row.code })
    let result = try Auditor.audit(
      baseline: baseline, egt: try soundArm(lambda: 0.3, from: 100, change: row.change),
      options: AuditOptions(resamples: 50))
    let flag = try #require(result.flags.first { $0.code == row.code }, "\(result.flags)")
    #expect(flag.arm == row.arm)
    for word in row.words { #expect(flag.message.contains(word), "\(word) in \(flag.message)") }
  }

  /// A batch recorded again and again, in a recording that has paths instead of images.
  @Test func repeatedSamplesWithoutImages() throws {
    func repeating(_ recording: inout Recording) throws {
      for exit in 0..<2 {
        let maps = try recording.attention[exit].elements()
        recording.attention[exit] = MapTensor(
          (0..<40).flatMap { maps[$0 % 10 * 16..<($0 % 10 + 1) * 16] })
      }
    }
    let result = try Auditor.audit(
      baseline: try soundArm(lambda: 0, from: 1, change: repeating),
      egt: soundArm(lambda: 0.3, from: 100), options: AuditOptions(resamples: 50))
    let flag = try #require(result.flags.first { $0.code == "REPEATED-SAMPLES" })
    #expect(flag.message.contains("30 of 40 samples have the same logits and maps"))
  }

  /// Labels that are all 0, as of a loader that has lost them.
  @Test func oneClassForAll() throws {
    func audit(right: (Int) -> Bool) throws -> [Flag] {
      func change(_ recording: inout Recording) {
        recording.labels = [Int](repeating: 0, count: 40)
        for exit in 0..<2 {
          recording.logits[exit] = (0..<40).flatMap { [right($0) ? 1 : 0, 0.5] as [Float] }
        }
      }
      return try Auditor.audit(
        baseline: soundArm(lambda: 0, from: 1, change: change),
        egt: soundArm(lambda: 0.3, from: 100, change: change), options: AuditOptions(resamples: 50)
      ).flags.filter { $0.code == "CHANCE" }
    }
    let flags = try audit { $0 % 10 == 0 }
    #expect(flags.map(\.arm) == ["baseline", "egt"])
    #expect(flags[0].message.contains("right about 10.0 %"))
    #expect(flags[0].message.contains("which are all of one class"))
    #expect(try audit { _ in true } == [])
  }

  /// Confidences near one half fit worse; of probabilities handed over as logits nothing of the kind is said.
  @Test func probabilitiesAreNotCalibrated() throws {
    func audit(_ change: (inout Recording) -> Void) throws -> [String] {
      try Auditor.audit(
        baseline: soundArm(lambda: 0, from: 1),
        egt: soundArm(lambda: 0.3, from: 100, change: change), options: AuditOptions(resamples: 50)
      ).flags.map(\.code)
    }
    let flat = try audit { $0.logits = $0.logits.map { $0.map { $0 / 100 } } }
    #expect(flat.contains("CALIBRATION-WORSE"))
    let probabilities = try audit {
      $0.logits = $0.logits.map { Self.softmax($0.map { $0 / 100 }) }
    }
    #expect(probabilities.contains("PROBABILITIES") && !probabilities.contains("CALIBRATION-WORSE"))
  }

  /// A map with a negative cell has no spread: its mean may lie anywhere near 0, and 35,469,322.56 says nothing.
  @Test func negativeMapsHaveNoSpread() throws {
    let result = try Auditor.audit(
      baseline: soundArm(lambda: 0, from: 1),
      egt: try soundArm(lambda: 0.3, from: 100) { recording in
        let maps = try recording.attention[0].elements()
        recording.attention[0] = MapTensor(
          stride(from: 0, to: maps.count, by: 16).flatMap { start -> [Float] in
            let map = maps[start..<start + 16]
            let mean = map.reduce(0, +) / 16
            return map.map { $0 - mean + 1e-7 }
          })
      }, options: AuditOptions(resamples: 50))
    #expect(result.egt.exits[0].spread == nil && result.egt.exits[0].entropy == nil)
    #expect(result.baseline.exits[0].spread != nil && result.egt.exits[0][.cosine] != nil)
    #expect(result.paired?.exits[0].spread == nil)
  }

  /// docs/STATISTICS.md lists every code with its weight, and no other.
  @Test func everyAlertIsDocumented() throws {
    let page = try String(
      contentsOfFile: #filePath.replacing(/Tests\/AnalysisTests.*/, with: "docs/STATISTICS.md"),
      encoding: .utf8)
    let rows = page.matches(of: /\n\| ([A-Z-]+) \| (limit|note) \|/).map { "\($0.1) \($0.2)" }
    #expect(rows == FlagKind.allCases.map { "\($0.rawValue) \($0.severity.rawValue)" })
  }

  /// Every code that can be raised has a title of a dozen words, and a weight.
  @Test func everyAlertHasATitle() {
    for kind in FlagKind.allCases {
      #expect((3...13).contains(kind.title.split(separator: " ").count), "\(kind.title)")
    }
    #expect(Set(FlagKind.allCases.map(\.severity)) == Set(FlagKind.Severity.allCases))
  }
}
