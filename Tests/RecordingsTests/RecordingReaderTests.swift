import FileKit
import Foundation
import Recordings
import TensorCore
import Testing

/// Folders as another program may write them.
struct RecordingReaderTests {
  /// Reads a folder whose description and tensors were changed.
  private func read(
    replacing text: String = "", with replacement: String = "",
    tensors change: (inout [String: Tensor]) -> Void = { _ in }
  ) throws -> Recording {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/a"
    try RecordingWriter.write(sampleRecording(), to: place)
    if !text.isEmpty {
      let json = String(decoding: try Files.read("\(place)/recording.json"), as: UTF8.self)
      try #require(json.contains(text))
      try Files.write(
        json.replacingOccurrences(of: text, with: replacement), to: "\(place)/recording.json")
    }
    var tensors = Tensor.ofSample()
    change(&tensors)
    var writer = SafetensorsWriter()
    for (name, tensor) in tensors { tensor.add(to: &writer, name: name) }
    try writer.write(to: "\(place)/recording.safetensors")
    return try RecordingReader.read(place)
  }

  private func line(_ body: () throws -> Recording) -> String {
    let fault = #expect(throws: RecordingFault.self) { _ = try body() }
    return fault?.description ?? ""
  }

  @Test func readsOtherElementTypes() throws {
    let recording = try read { tensors in
      tensors["labels"] = .bytes([0, 1, 1], [3])
      tensors["logits.1"] = .doubles([1, 2, 3, 4, 5, 6], [3, 2])
    }
    #expect(recording.labels == [0, 1, 1])
    #expect(recording.logits[0] == [1, 2, 3, 4, 5, 6])
  }

  @Test func saysWhatIsWrongWithTensors() {
    #expect(line { try read { $0["labels"] = nil } }.contains("expected labels"))
    #expect(line { try read { $0["attention.2"] = nil } }.contains("expected attention.2"))
    #expect(line { try read { $0["logits.3"] = .floats([1], [1]) } }.contains("got logits.3"))
    #expect(line { try read { $0["labels"] = .floats([0, 1, 1], [3]) } }.contains(".long()"))
    #expect(
      line { try read { $0["labels"] = .bytes([0, 1, 1, 0, 0, 1], [3, 2]) } }.contains("argmax"))
    #expect(
      line {
        try read { $0["attention.1"] = .floats([Float](repeating: 0.25, count: 12), [3, 1, 2, 2]) }
      }.contains("squeeze(1)"))
    #expect(
      line { try read { $0["images"] = .bytes([UInt8](repeating: 0, count: 144), [3, 3, 4, 4]) } }
        .contains("permute(0, 2, 3, 1).contiguous()"))
    #expect(
      line { try read { $0["images"] = .floats([Float](repeating: 0, count: 144), [3, 4, 4, 3]) } }
        .contains("expected U8, 0 to 255, got F32"))
    #expect(
      line { try read { $0["logits.2"] = .bytes([0, 0, 0, 0, 0, 0], [3, 2]) } }.contains("got U8"))
    #expect(
      line { try read { $0["logits.2"] = .floats([0, 0, 0, 0, 0, 0], [2, 3]) } }
        .contains("expected [3, 2], got [2, 3]"))
    #expect(line { try read { $0["images"] = nil } }.contains("recording without images"))
  }

  @Test func takesAllValidationTensorsOrNone() throws {
    let none = try read { tensors in
      for name in tensors.keys where name.hasPrefix("validation.") { tensors[name] = nil }
    }
    #expect(none.validation == nil)
    let other = try read { $0["validation.labels"] = .bytes([1, 1], [2]) }
    #expect(other.validation?.labels == [1, 1])
    #expect(line { try read { $0["validation.labels"] = nil } }.contains("validation.labels"))
    #expect(line { try read { $0["validation.logits.2"] = nil } }.contains("validation.logits.2"))
    #expect(
      line { try read { $0["validation.logits.3"] = .floats([1], [1]) } }
        .contains("got validation.logits.3"))
    #expect(
      line { try read { $0["validation.logits.1"] = .floats([0, 1, 2, 3], [1, 4]) } }
        .contains("tensor validation.logits.1: expected [2, 2], got [1, 4]"))
    #expect(
      line { try read { $0["validation.labels"] = .floats([1, 0], [2]) } }.contains(".long()"))
    #expect(
      line { try read { $0["validation.labels"] = .bytes([1, 7], [2]) } }
        .contains("tensor validation.labels, sample 1: expected 0 to 1, got 7"))
  }

  @Test(arguments: [
    ("\"formatVersion\" : 1", "\"formatVersion\" : 7", "expected formatVersion 1, got 7"),
    (
      "\"formatVersion\" : 1", "\"formatVersion\" : \"1\"",
      "expected formatVersion 1, got the text \"1\"; write \"formatVersion\": 1, a number"
    ),
    ("\"formatVersion\"", "\"version\"", "got none"),
    ("\"identifiers\"", "\"identifers\"", "got identifers"),
    ("\"channels\" : 3,", "", "channels: got nothing"),
    ("\"classNames\"", "\"attentionKind\"", "attentionKind: got the key twice"),
    ("\"macs\" : 1000000", "\"macs\" : 1, \"m\\u0061cs\" : 2", "exits[0].macs: got the key twice"),
    (
      "\"macs\" : 1000000", "\"macs\" : 1e300",
      "exits[0].macs: expected 0 (where it is unknown) to 1e+18, got 1e+300"
    ),
    (
      "\"macs\" : 1000000", "\"macs\" : \"inf\"",
      "exits[0].macs: expected 0 (where it is unknown) to 1e+18, got inf"
    ),
    (
      "\"parameters\" : 40", "\"parameters\" : 9223372036854775807",
      "exits[0].parameters: expected 0"
    ),
    (
      "\"speedup\" : 2", "\"speedup\" : 1e308",
      "latency.earlyStop.speedup: expected a number above 0"
    ),
    (
      "\"median\" : 2", "\"median\" : 1e308",
      "latency.exits[0]: expected 0 < p5 ≤ median ≤ p95 ≤ 1e12 ms"
    ),
    ("\"images\" : 3", "\"images\" : -1", "latency.images: expected at least 0"),
    (
      "\"lambda\" : 0.3", "\"lambda\" : \"nan\"",
      "provenance.lambda: expected -1e+30 to 1e+30, got nan"
    ),
    ("\"epoch\" : 1", "\"epoch\" : -9223372036854775808", "history[0].epoch: expected at least 0"),
    ("\"channels\" : 3", "\"channels\" : \"RGB\"", "channels: got something other than a whole"),
    ("\"macs\" : 1000000", "\"macs\" : null", "exits[0].macs: got null"),
    (
      "\"macs\" : 1000000", "\"mac\" : 1000000",
      "expected only grid, macs, parameters, got exits[0].mac;"
    ),
    (
      "\"key\" : \"epochs\"", "\"key\" : \"Epochs\"",
      "provenance.settings[0].key: expected one of dataSource, classes, "
    ),
    (
      "\"key\" : \"epochs\",", "\"key\" : \"epochs\", \"name\" : \"Epochs\",",
      "provenance.settings[0]: expected either key or name, got both"
    ),
    (
      "\"key\" : \"epochs\",", "",
      "provenance.settings[0]: expected either key or name, got neither"
    ),
    (
      "\"name\" : \"CPU\"", "\"key\" : \"epochs\"",
      "expected only name, value, got latency.machine[0].key"
    ),
    (
      "\"mapKind\" : \"attention\"", "\"mapKind\" : [\"attention\"]",
      "mapKind: got something other than a text"
    ),
    ("\"split\" : \"test\"", "\"split\" : [\"test\"]", "split: got something other than a text"),
    ("{", "", "text that is not JSON"),
  ])
  func saysWhatIsWrongWithTheDescription(text: String, replacement: String, words: String) {
    let line = line { try read(replacing: text, with: replacement) }
    #expect(line.contains(words), "\(line)")
  }

  @Test func saysWhatIsNotARecording() throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    let missing = #expect(throws: RecordingFault.self) { try RecordingReader.read("\(path)/no") }
    #expect(missing?.diagnosis.code == .noInput)
    let empty = #expect(throws: RecordingFault.self) { try RecordingReader.read(path) }
    #expect(empty?.diagnosis.code == .badData)
    try Files.write("[]", to: "\(path)/recording.json")
    try Files.write("no", to: "\(path)/recording.safetensors")
    #expect(line { try RecordingReader.read(path) }.contains("other than a JSON object"))
  }

  @Test func refusesACutTensorFile() throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/a"
    try RecordingWriter.write(sampleRecording(), to: place)
    let bytes = try Files.read("\(place)/recording.safetensors")
    try Files.write(Array(bytes.dropLast(5)), to: "\(place)/recording.safetensors")
    #expect(line { try RecordingReader.read(place) }.contains("wrong length"))
  }
}

/// A tensor to write.
private enum Tensor {
  case floats([Float], [Int])
  case doubles([Double], [Int])
  case bytes([UInt8], [Int])
  case integers([Int64], [Int])

  /// Those of the sample recording.
  static func ofSample() -> [String: Tensor] {
    let recording = sampleRecording()
    return [
      "labels": .integers(recording.labels.map { Int64($0) }, [3]),
      "logits.1": .floats(recording.logits[0], [3, 2]),
      "logits.2": .floats(recording.logits[1], [3, 2]),
      "attention.1": .floats(try! recording.attention[0].elements(), [3, 2, 2]),
      "attention.2": .floats(try! recording.attention[1].elements(), [3, 1, 2]),
      "images": .bytes(try! recording.images!.elements(), [3, 4, 4, 3]),
      "validation.labels": .integers(recording.validation!.labels.map { Int64($0) }, [2]),
      "validation.logits.1": .floats(recording.validation!.logits[0], [2, 2]),
      "validation.logits.2": .floats(recording.validation!.logits[1], [2, 2]),
    ]
  }

  func add(to writer: inout SafetensorsWriter, name: String) {
    switch self {
    case .floats(let values, let shape): writer.add(name, values, shape: shape)
    case .doubles(let values, let shape): writer.add(name, values, shape: shape)
    case .bytes(let values, let shape): writer.add(name, values, shape: shape)
    case .integers(let values, let shape): writer.add(name, values, shape: shape)
    }
  }
}
