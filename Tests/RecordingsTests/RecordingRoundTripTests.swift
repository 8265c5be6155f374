import FileKit
import Foundation
import Recordings
import TensorCore
import Testing

struct RecordingRoundTripTests {
  @Test func readsBackWhatItWrote() throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/nested/a"
    let written = sampleRecording()
    try RecordingWriter.write(written, to: place)
    let read = try RecordingReader.read(place)

    #expect(read.folder == place)
    #expect(read.labels == written.labels)
    #expect(read.logits == written.logits)
    for (maps, original) in zip(read.attention, written.attention) {
      #expect(
        try maps.elements().map(\.bitPattern) == original.elements().map(\.bitPattern))
    }
    #expect(try read.images?.elements() == written.images?.elements())
    #expect(read.validation == written.validation)
    // A NaN differs from itself, so compare the rest.
    var (left, right) = (read.manifest, written.manifest)
    #expect(left.provenance?.history?[0].loss.isNaN == true)
    #expect(left.provenance?.history?[0].crossEntropy == [1, .infinity])
    left.provenance?.history = nil
    right.provenance?.history = nil
    #expect(left == right)
    #expect(left.provenance?.seed == .max)
    #expect(read.manifest.latency?.exits[0] == .init(mean: 2, median: 2, p5: 1.1, p95: 2.9))
    #expect(try RecordingReader.manifest(of: place).classNames == written.manifest.classNames)
  }

  @Test func goesWithoutValidationAnswers() throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/a"
    var recording = sampleRecording()
    recording.validation = nil
    try RecordingWriter.write(recording, to: place)
    let read = try RecordingReader.read(place)
    #expect(read.validation == nil)
    #expect(read.labels == recording.labels)
    let bytes = try Files.read("\(place)/recording.safetensors")
    #expect(!String(decoding: bytes, as: UTF8.self).contains("validation"))
  }

  @Test func writesTheSameBytesTwiceAndNothingElse() throws {
    let folder = try TemporaryFolder()
    try RecordingWriter.write(sampleRecording(), to: "\(folder.path)/a")
    try RecordingWriter.write(sampleRecording(), to: "\(folder.path)/b/")
    for name in ["recording.json", "recording.safetensors"] {
      let second = try Files.read("\(folder.path)/b/\(name)")
      #expect(try Files.read("\(folder.path)/a/\(name)") == second)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.sorted() == ["a", "b"])
  }

  @Test func replacesARecordingButNothingElse() throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/a"
    try Files.makeFolder(place)
    try RecordingWriter.write(sampleRecording(), to: place)
    var changed = sampleRecording()
    changed.labels = [1, 1, 1]
    try RecordingWriter.write(changed, to: place)
    #expect(try RecordingReader.read(place).labels == [1, 1, 1])

    // A user's file among ours, a folder of something else, a file.
    try Files.write("keep", to: "\(place)/photo.png")
    let fault = #expect(throws: RecordingFault.self) {
      try RecordingWriter.write(sampleRecording(), to: place)
    }
    #expect(fault?.diagnosis.code == .cannotWrite)
    #expect(Files.exists("\(place)/photo.png"))
    #expect(try RecordingReader.read(place).labels == [1, 1, 1])
    for other in ["\(place)/photo.png", folder.path] {
      #expect(throws: RecordingFault.self) {
        try RecordingWriter.write(sampleRecording(), to: other)
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
  }

  @Test func takesPathsInsteadOfImages() throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/a"
    var recording = sampleRecording()
    recording.images = nil
    recording.manifest.paths = ["../x.png", "../x.png", "\(folder.path)/x.png"]
    try RecordingWriter.write(recording, to: place)

    let fault = #expect(throws: RecordingFault.self) { try RecordingReader.read(place) }
    #expect(fault?.diagnosis.code == .noInput)
    #expect(fault?.description.contains("paths[0]") == true)
    try Files.write("", to: "\(folder.path)/x.png")
    let read = try RecordingReader.read(place)
    #expect(read.images == nil)
    #expect(read.imagePath(of: 0) == "\(place)/../x.png")
    #expect(read.imagePath(of: 2) == "\(folder.path)/x.png")
    #expect(sampleRecording().imagePath(of: 0) == nil)
  }

  @Test func refusesAReadOnlyPlace() {
    let fault = #expect(throws: RecordingFault.self) {
      try RecordingWriter.write(sampleRecording(), to: "/proc/no/recording")
    }
    #expect(fault?.diagnosis.code == .cannotWrite)
  }
}
