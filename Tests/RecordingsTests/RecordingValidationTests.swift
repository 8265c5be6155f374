import Recordings
import TensorCore
import Testing

/// One thing wrong each; the message must say which.
struct RecordingValidationTests {
  typealias Change = @Sendable (inout Recording) -> Void

  @Test func acceptsASoundRecording() throws {
    try sampleRecording().validate(at: "rec")
  }

  static let changes: [(Change, String)] = [
    ({ $0.manifest.formatVersion = 2 }, "expected formatVersion 1, got 2"),
    ({ $0.manifest.classNames = [] }, "classNames"),
    ({ $0.manifest.channels = 4 }, "channels: expected 1 (grey) or 3 (colour), got 4"),
    ({ $0.manifest.attentionKind = "gradcam" }, "attentionKind: expected one of softmax, sigmoid"),
    ({ $0.manifest.mapKind = " " }, "mapKind: expected 1 to 60 printed characters, got an empty"),
    (
      { $0.manifest.mapKind = String(repeating: "x", count: 61) },
      "mapKind: expected 1 to 60 printed characters, got 61;"
    ),
    (
      { $0.manifest.mapKind = "a\u{1B}[1m" },
      "mapKind: expected 1 to 60 printed characters, got U+1B"
    ),
    ({ $0.manifest.name = "a\u{202E}b" }, "name: expected 1 to 60 printed characters, got U+202E"),
    ({ $0.manifest.exits.removeLast() }, "an early exit and a final one, got 1"),
    ({ $0.manifest.exits[1].macs = 5e5 }, "count from the input"),
    ({ $0.manifest.exits[0].macs = -1 }, "exits[0].macs"),
    ({ $0.manifest.exits[0].macs = .nan }, "exits[0].macs"),
    ({ $0.manifest.exits[1].parameters = 39 }, "exits[1].parameters: expected at least"),
    ({ $0.manifest.exits[0].parameters = -1 }, "exits[0].parameters: expected a number ≥ 0"),
    ({ $0.manifest.latency!.exits.removeLast() }, "latency.exits: expected 2 entries"),
    (
      { $0.manifest.latency!.earlyStop.times.mean = 0 },
      "latency.earlyStop.times.mean: expected a number above 0"
    ),
    ({ $0.manifest.latency!.exits[0].p95 = 1 }, "latency.exits[0]: expected 0 < p5 ≤ median ≤ p95"),
    ({ $0.manifest.latency!.earlyStop.shares = [] }, "latency.earlyStop.shares"),
    ({ $0.manifest.latency!.earlyStop.speedup = 0 }, "latency.earlyStop.speedup"),
    ({ $0.manifest.identifiers = ["x"] }, "identifiers: expected 3 entries, one a sample, got 1"),
    ({ $0.manifest.paths = ["x", "y", "z"] }, "images and paths"),
    ({ $0.images = nil }, "recording without images"),
    ({ $0.images = [1] }, "[3, 4, 4, 3], 144 elements, got 1"),
    ({ $0.labels[2] = 2 }, "sample 2: expected 0 to 1, got 2"),
    ({ $0.labels[0] = -1 }, "sample 0: expected 0 to 1, got -1"),
    ({ $0.labels = [0] }, "tensor logits.1"),
    ({ $0.logits[1].removeLast() }, "tensor logits.2: expected [3, 2], 6 elements, got 5"),
    ({ $0.logits.removeLast() }, "2 logits and attention tensors, got 1 and 2"),
    (
      { $0.validation!.labels[1] = 2 }, "validation.labels, sample 1: expected 0 to 1, got 2"
    ),
    ({ $0.validation!.labels = [] }, "tensor validation.labels: expected at least one sample"),
    ({ $0.validation!.labels = [1] }, "validation.logits.1: expected [1, 2], 2 elements, got 4"),
    ({ $0.validation!.logits[1] = [1] }, "validation.logits.2: expected [2, 2], 4 elements, got 1"),
    ({ $0.validation!.logits.removeLast() }, "validation.logits.1 to validation.logits.2, got 1"),
    ({ $0.validation!.logits[1][2] = .nan }, "tensor validation.logits.2, sample 1"),
    (
      { $0.attention[0] = MapTensor([Float](repeating: 0, count: 13)) },
      "tensor attention.1: expected [3, 2, 2]"
    ),
    ({ $0.logits[1][3] = .nan }, "tensor logits.2, sample 1"),
    ({ $0.logits[0][5] = -.infinity }, "tensor logits.1, sample 2"),
    ({ $0.attention[0][4] = 0.75 }, "attention.1, sample 1: expected 1, got 1.5; write contig"),
    ({ $0.provenance.data?.counts?["test"] = [1] }, "provenance.data.counts.test"),
    ({ $0.provenance.history?[0].crossEntropy = [1] }, "history[0].crossEntropy"),
    ({ $0.provenance.history?[0].validationAccuracy = [1] }, "history[0].validationAccuracy"),
    ({ $0.labels = [] }, "at least one sample"),
  ]

  @Test(arguments: changes.indices)
  func refuses(index: Int) {
    let (change, words) = Self.changes[index]
    var recording = sampleRecording()
    change(&recording)
    let fault = #expect(throws: RecordingFault.self) { try recording.validate(at: "rec") }
    #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
    #expect(fault?.diagnosis.code == .badData)
  }

  @Test func checksWhatTheKindPromises() throws {
    var recording = sampleRecording()
    recording.manifest.attentionKind = "sigmoid"
    recording.attention[0][0] = 1.5
    #expect(throws: RecordingFault.self) { try recording.validate(at: "rec") }
    recording.manifest.attentionKind = nil
    recording.attention[0][0] = -100
    try recording.validate(at: "rec")
  }

  @Test func leavesMapsWithoutMeaningToTheAudit() throws {
    var recording = sampleRecording()
    for sample in 0..<3 {
      let value: Float = [0, .infinity, .nan][sample]
      for cell in 0..<4 { recording.attention[0][sample * 4 + cell] = value }
    }
    try recording.validate(at: "rec")
  }
}

extension Recording {
  fileprivate var provenance: Provenance {
    get { manifest.provenance! }
    set { manifest.provenance = newValue }
  }
}
