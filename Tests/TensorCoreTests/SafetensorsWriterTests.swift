import FileKit
import Foundation
import TensorCore
import Testing

struct SafetensorsWriterTests {
  /// The tensors of python.safetensors, added in another order.
  private func sample() -> SafetensorsWriter {
    var writer = SafetensorsWriter(metadata: ["note": "tab\t and \"quotes\""])
    writer.add("images", [1, 2, 255] as [UInt8], shape: [3, 1])
    writer.add("blocks.0.conv.weight", [0, 1, 2, 3, 4, 5] as [Float], shape: [1, 2, 3])
    writer.add("alpha", [0.5, 0.25, -1] as [Double], shape: [3])
    writer.add("odd \"name\" \\ \n é 雷", [3] as [Float], shape: [])
    writer.add("zeta", [1, 2, 3, -4] as [Int64], shape: [2, 2])
    return writer
  }

  @Test func writesTheBytesThatPythonWrites() throws {
    let expected = try SafetensorsFixture.contents("python.safetensors")
    #expect(sample().encoded() == expected)

    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try sample().write(to: path)
    #expect(try Files.read(path) == expected)
  }

  @Test func readsBackWhatItWrote() throws {
    let values: [Float] = [.nan, -0.0, .infinity, .leastNonzeroMagnitude]
    let contents = values.withUnsafeBufferPointer { buffer in
      var writer = SafetensorsWriter()
      writer.add("memory", memory: buffer, shape: [2, 2])
      writer.add("none", [] as [Float], shape: [3, 0])
      writer.add("\u{1}\u{8}\u{c}\r", [] as [UInt8], shape: [0])
      return writer.encoded()
    }
    #expect(contents.count % 8 == 0)
    let reader = try SafetensorsReader(contents: contents, path: "file")
    #expect(reader.metadata == [:])
    #expect(reader.names == ["\u{1}\u{8}\u{c}\r", "memory", "none"])
    #expect(
      try reader.floats(named: "memory", shape: [2, 2]).map(\.bitPattern)
        == values.map(\.bitPattern))
    #expect(try reader.floats(named: "none", shape: [3, 0]) == [])
  }

  @Test func writesAnEmptyFile() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var writer = SafetensorsWriter()
    writer.add("none", [] as [Float], shape: [0])
    try writer.write(to: path)
    #expect(try SafetensorsReader(path: path).names == ["none"])
  }

  @Test func namesAFolderThatIsNotThere() {
    let fault = #expect(throws: SafetensorsFault.self) {
      try sample().write(to: "/nowhere/at/all.safetensors")
    }
    #expect(fault?.diagnosis.code == .cannotWrite)
  }
}
