import Datasets
import FileKit
import Testing

@Suite struct CIFARTests {
  /// Records of a label byte and three planes of 32×32.
  private func records(from first: Int, count: Int, classes: Int = 3) -> [UInt8] {
    var bytes: [UInt8] = []
    for image in first..<first + count {
      bytes.append(UInt8(image % classes))
      for channel in 0..<3 { bytes += (0..<1024).map { value(image, $0, channel) } }
    }
    return bytes
  }

  private func value(_ image: Int, _ place: Int, _ channel: Int) -> UInt8 {
    UInt8((image * 37 + place * 3 + channel * 101) % 256)
  }

  private func load(
    _ folder: TemporaryFolder, _ options: DatasetOptions = DatasetOptions(size: 32)
  ) throws(DatasetFault) -> ImageDataset {
    try DatasetLoader.load(folder.path, options: options)
  }

  @Test func readsBatches() throws {
    let folder = TemporaryFolder()
    folder.write("data_batch_1.bin", records(from: 0, count: 12))
    folder.write("data_batch_2.bin", records(from: 12, count: 9))
    folder.write("test_batch.bin", records(from: 21, count: 6))
    folder.write("batches.meta.txt", Array("airplane\nautomobile\nbird\n\n".utf8))
    folder.write("readme.html", Array("<p>".utf8))
    let data = try load(folder)
    #expect(data.classNames == ["airplane", "automobile", "bird"])
    #expect(data.channels == 3 && data.training.count + data.validation.count == 21)
    #expect(data.training.identifiers.contains("data_batch_2/8"))
    #expect(data.test.identifiers == (0..<6).map { "test_batch/\($0)" })
    #expect(data.test.labels == [0, 1, 2, 0, 1, 2])
    var expected: [UInt8] = []
    for image in 21..<27 {
      for place in 0..<1024 {
        for channel in 0..<3 { expected.append(value(image, place, channel)) }
      }
    }
    #expect(data.test.pixels == expected)
  }

  /// Grey where every image is grey, as with any other data.
  @Test func greyImages() throws {
    let folder = TemporaryFolder()
    var grey: [UInt8] = []
    for image in 0..<12 {
      grey.append(UInt8(image % 2))
      for place in 0..<3072 { grey.append(UInt8(place % 1024 % 251) ^ UInt8(image)) }
    }
    folder.write("data_batch_1.bin", grey)
    #expect(try load(folder).channels == 1)
    #expect(try load(folder, DatasetOptions(size: 32, colorMode: .rgb)).channels == 3)
    let data = try load(folder)
    #expect(data.test.count == 3)
    #expect(data.test.identifiers.allSatisfy { $0.hasPrefix("data_batch_1/") })
    #expect(data.classNames == ["0", "1"])
  }

  @Test func refusesDamage() {
    let good = records(from: 0, count: 12)
    let cases: [(files: [String: [UInt8]], message: String)] = [
      (["data_batch_1.bin": Array(good.dropLast())], "records of 3073 bytes, got 36875 bytes"),
      (["data_batch_1.bin": []], "records of 3073 bytes, got 0 bytes"),
      (["test_batch.bin": good], "expected data_batch_1.bin, got no such file"),
      (
        ["data_batch_1.bin": good, "test_batch.bin": records(from: 0, count: 12, classes: 5)],
        "labels that occur in training, got 3 at image 3"
      ),
      (
        ["data_batch_1.bin": good, "batches.meta.txt": Array("a\nb\n".utf8)],
        "batches.meta.txt: expected 3, as the labels in"
      ),
    ]
    for (files, message) in cases {
      let folder = TemporaryFolder()
      for (name, bytes) in files { folder.write(name, bytes) }
      let fault = #expect(throws: DatasetFault.self) { try load(folder) }
      #expect(fault?.description.contains(message) == true, "\(fault?.description ?? "")")
      #expect(fault?.diagnosis.code == .badData)
    }
  }
}
