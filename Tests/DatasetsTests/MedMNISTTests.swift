import Datasets
import FileKit
import Foundation
import Testing

/// Archives that NumPy wrote; see Fixtures/make_npz.py.
@Suite struct MedMNISTTests {
  private static let folder = (#filePath as NSString).deletingLastPathComponent + "/Fixtures"

  private func load(
    _ name: String, _ options: DatasetOptions = DatasetOptions(size: 16)
  ) throws(DatasetFault) -> ImageDataset {
    try DatasetLoader.load("\(Self.folder)/\(name).npz", options: options)
  }

  /// The script's pixel.
  private func value(_ image: Int, _ row: Int, _ column: Int, _ channel: Int = 0) -> UInt8 {
    UInt8((image * 37 + row * 5 + column * 3 + channel * 11) % 256)
  }

  @Test func readsColour() throws {
    let data = try load("colour-deflated")
    #expect(data.name == "colour-deflated" && data.channels == 3)
    #expect(data.classNames == ["0", "1", "2"])
    #expect(
      data.summary.counts == ["training": [4, 4, 4], "validation": [1, 1, 1], "test": [2, 2, 2]])
    #expect(data.training.identifiers == (0..<12).map { "train/\($0)" })
    #expect(data.validation.identifiers == (0..<3).map { "val/\($0)" })
    #expect(data.test.labels == [0, 1, 2, 0, 1, 2])
    var expected: [UInt8] = []
    for image in 15..<21 {
      for row in 0..<16 {
        for column in 0..<16 {
          for channel in 0..<3 { expected.append(value(image, row, column, channel)) }
        }
      }
    }
    #expect(data.test.pixels == expected)
  }

  /// Stored, not deflated; 16×20, so that height and width cannot be confused.
  @Test func readsGreyOfTheChosenClasses() throws {
    let options = DatasetOptions(size: 20, classes: .named(["0", "2"]), trainingCount: 6)
    let data = try load("grey-stored", options)
    #expect(data.classNames == ["0", "2"] && data.channels == 1)
    #expect(data.training.count == 4 && data.validation.count == 2)
    #expect(data.test.identifiers == ["test/0", "test/2", "test/3", "test/5"])
    // Enlarged from 16 to 20 rows; the first row and the columns stay.
    #expect(Array(data.test.pixels[..<20]) == (0..<20).map { value(15, 0, $0) })
  }

  @Test func readsWideLabelsAndDrawsATestPart() throws {
    let data = try load("wide-labels")
    #expect(data.classNames == ["0", "1000", "2000"])
    #expect(data.test.count == 3 && data.training.count + data.validation.count == 9)
  }

  @Test func namesClasses() throws {
    let folder = TemporaryFolder()
    let bytes = try Files.read("\(Self.folder)/grey-stored.npz")
    folder.write("mine.npz", bytes)
    folder.write("mine.classes.txt", Array("a\nb\r\n\nc\n".utf8))
    let path = "\(folder.path)/mine.npz"
    #expect(
      try DatasetLoader.load(path, options: DatasetOptions(size: 16)).classNames == ["a", "b", "c"])
    folder.write("mine.classes.txt", Array("a\nb\n".utf8))
    let fault = #expect(throws: DatasetFault.self) {
      try DatasetLoader.load(path, options: DatasetOptions(size: 16))
    }
    #expect(fault?.description.contains("mine.classes.txt: expected 3, as the labels in") == true)
  }

  @Test(arguments: [
    ("float-images", "train_images of 8-bit numbers (|u1) in row order, got <f8"),
    ("column-order", "in row order, got column order"),
    ("volumes", "with 1 or 3 channels, got 12×4×4×16"),
    ("multi-label", "train_labels with one label an image, got 14: a multi-label set"),
    ("float-labels", "train_labels of integers, got <f4"),
    ("negative-label", "labels from 0, got -1 at image 0 of train_labels"),
    ("fewer-labels", "as many labels as images, 12, got 11"),
    ("other-size", "test_images of images of 16×20, got 16×16"),
    ("unknown-label", "labels that occur in training, got 3 at image 2"),
    ("no-labels", "train_labels.npy beside train_images.npy"),
    ("no-training", "train_images.npy and train_labels.npy"),
  ])
  func refuses(name: String, message: String) {
    let fault = #expect(throws: DatasetFault.self) { try load("bad-\(name)") }
    #expect(fault?.description.contains(message) == true, "\(fault?.description ?? "")")
    #expect(fault?.diagnosis.code == .badData)
  }

  /// A header that announces more than the file holds is told before memory is taken for it.
  @Test(arguments: [
    ("(12, 16, 20)", "(12, 16, 21)", "3840 bytes of data for 12×16×21 elements of 1"),
    ("(12, 16, 20)", "(12, 99999999, 99999999)", "3840 bytes of data for 12×99999999×99999999"),
    ("(12, 1)", "(99999999999999999, 1)", "train_labels: as many labels as images"),
  ])
  func refusesMoreThanTheFileHolds(shape: String, claim: String, message: String) throws {
    var bytes = try Files.read("\(Self.folder)/grey-stored.npz")
    // The header ends in spaces, which make room for a longer shape.
    let old =
      Array((shape + ", }").utf8) + [UInt8](repeating: 0x20, count: claim.count - shape.count)
    let place = try #require(bytes.firstRange(of: old))
    bytes.replaceSubrange(place, with: Array((claim + ", }").utf8))
    let folder = TemporaryFolder()
    folder.write("x.npz", bytes)
    let fault = #expect(throws: DatasetFault.self) {
      try DatasetLoader.load("\(folder.path)/x.npz", options: DatasetOptions(size: 16))
    }
    #expect(fault?.description.contains(message) == true, "\(fault?.description ?? "")")
    #expect(fault?.diagnosis.code == .badData)
  }

  /// The sizes in the archive's own directory may lie as well.
  @Test func refusesMoreThanDeflateCanMake() throws {
    var bytes = try Files.read("\(Self.folder)/colour-deflated.npz")
    let entry = try #require(bytes.lastRange(of: Array("PK\u{1}\u{2}".utf8))).lowerBound
    // Uncompressed size, in the last entry of the central directory.
    bytes.replaceSubrange(entry + 24..<entry + 28, with: [0xFF, 0xFF, 0xFF, 0x7F])
    let folder = TemporaryFolder()
    folder.write("x.npz", bytes)
    let fault = #expect(throws: DatasetFault.self) {
      try DatasetLoader.load("\(folder.path)/x.npz", options: DatasetOptions(size: 16))
    }
    #expect(fault?.description.contains("2147483647 bytes, said of") == true)
  }

  @Test func refusesAPipe() {
    let folder = TemporaryFolder()
    mkfifo("\(folder.path)/x.npz", 0o644)
    let fault = #expect(throws: DatasetFault.self) {
      try DatasetLoader.load("\(folder.path)/x.npz", options: DatasetOptions(size: 16))
    }
    #expect(fault?.description.contains("not a plain file") == true)
  }

  /// Wherever the file is cut or a bit of the pixels is turned, nothing is read as if it were whole.
  @Test(arguments: ["grey-stored", "colour-deflated"]) func refusesDamage(name: String) throws {
    let good = try Files.read("\(Self.folder)/\(name).npz")
    let folder = TemporaryFolder()
    let path = "\(folder.path)/x.npz"
    for cut in stride(from: 0, to: good.count, by: good.count / 60) {
      folder.write("x.npz", Array(good[..<cut]))
      let fault = #expect(throws: DatasetFault.self) {
        try DatasetLoader.load(path, options: DatasetOptions(size: 16))
      }
      #expect(fault?.diagnosis.code == .badData)
    }
    // Past the first entry's header, within its data.
    for offset in stride(from: 300, to: 1_500, by: 50) {
      var bad = good
      bad[offset] ^= 0x10
      folder.write("x.npz", bad)
      #expect(throws: DatasetFault.self) {
        try DatasetLoader.load(path, options: DatasetOptions(size: 16))
      }
    }
  }
}
