import FileKit
import Foundation
import Recordings
import TensorCore
import Testing

/// Maps and images of a recording that was read stay in the file.
struct RecordingOnDiskTests {
  private static let tensors = "recording.safetensors"

  /// Writes the sample recording, reads it, does something to its tensor file, and reads every map.
  private func fault(
    after change: (String) throws -> Void
  ) throws -> RecordingFault? {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/a"
    try RecordingWriter.write(sampleRecording(), to: place)
    let recording = try RecordingReader.read(place)
    try change("\(place)/\(Self.tensors)")
    do throws(RecordingFault) {
      for maps in recording.attention { _ = try maps.elements() }
      _ = try recording.images?.elements()
      return nil
    } catch {
      return error
    }
  }

  @Test func readsPiecesAndBlocksAsTheyWere() throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/a"
    let original = sampleRecording()
    try RecordingWriter.write(original, to: place)
    let recording = try RecordingReader.read(place)
    #expect(try recording.attention[0].elements(3..<9) == original.attention[0].elements(3..<9))
    #expect(try recording.attention[0].elements(5..<5) == [])
    #expect(try recording.pixels(of: 2) == original.images?.elements(96..<144))
    for capacity in [2, 3] {
      let block = SampleBlock(recording.manifest, capacity: capacity)
      for samples in SampleBlock.ranges(of: 3, size: capacity) {
        try block.read(samples, of: recording)
        #expect(block.samples == samples)
        for sample in samples {
          #expect(block.map(sample, exit: 0)[3] == original.attention[0][sample * 4 + 3])
          let (value, expected) = (
            block.map(sample, exit: 1)[1], original.attention[1][sample * 2 + 1]
          )
          #expect(value.bitPattern == expected.bitPattern)
        }
      }
    }
  }

  @Test(arguments: [SafetensorsType.float16, .bfloat16, .float64])
  func convertsWhereverAPieceBegins(type: SafetensorsType) throws {
    // More elements than are converted at a time.
    let count = 40_000
    let values = (0..<count).map { Float($0 % 97) / 4 }
    var data: [UInt8] = []
    for value in values {
      switch type {
      case .float16: withUnsafeBytes(of: Float16(value)) { data += $0 }
      case .bfloat16: withUnsafeBytes(of: UInt16(value.bitPattern >> 16)) { data += $0 }
      default: withUnsafeBytes(of: Double(value)) { data += $0 }
      }
    }
    let header = Array(
      "{\"x\":{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(count)],\"data_offsets\":[0,\(data.count)]}}"
        .utf8)
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/x.safetensors"
    let length: [UInt8] = withUnsafeBytes(of: UInt64(header.count)) { Array($0) }
    try Files.write(length + header + data, to: path)
    let file = try SafetensorsReader(path: path)
    let tensor = try file.tensor(named: "x")
    for part in [0..<count, 1..<count, 17_001..<39_999, 7..<7] {
      let read = try [Float](unsafeUninitializedCapacity: part.count) { buffer, initialized in
        try file.read(part, of: tensor, into: buffer.baseAddress!)
        initialized = part.count
      }
      #expect(read == Array(values[part]))
    }
  }

  @Test func tellsThatTheFileWasCut() throws {
    let fault = try fault { path in
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.truncate(atOffset: 300)
      try handle.close()
    }
    #expect(fault?.description.contains("file changed while it was being read") == true)
    #expect(fault?.diagnosis.code == .badData)
  }

  @Test func tellsThatTheFileWasOverwritten() throws {
    let fault = try fault { path in
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.seekToEnd()
      try handle.seek(toOffset: try handle.offset() - 1)
      // The clock of file times may stand still for some milliseconds.
      Thread.sleep(forTimeInterval: 0.05)
      try handle.write(contentsOf: [7])
      try handle.close()
    }
    #expect(fault?.description.contains("one written to or cut since") == true)
  }

  @Test func aReplacedFileIsStillTheOldOne() throws {
    let fault = try fault { path in try Files.write("another", to: path) }
    #expect(fault == nil, "\(fault?.description ?? "")")
  }

  @Test func comparesFilesAndArraysByMemory() throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/a"
    let original = sampleRecording()
    try RecordingWriter.write(original, to: place)
    let recording = try RecordingReader.read(place)
    // A NaN is among them.
    #expect(try recording.attention[1].firstDifference(from: original.attention[1]) == nil)
    var changed = original.attention[1]
    changed[5] = 0
    #expect(try recording.attention[1].firstDifference(from: changed) == 5)
    let shorter = MapTensor(try original.attention[1].elements(0..<4))
    #expect(try recording.attention[1].firstDifference(from: shorter) == 4)
  }
}
