import Datasets
import FileKit
import Testing

/// What a user does about a message, done to the letter, ends in the right data.
@Suite struct HintTests {
  private func idx(_ dimensions: [Int], _ data: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(dimensions.count)]
      + dimensions.flatMap { size in [24, 16, 8, 0].map { UInt8(size >> $0 & 255) } } + data
  }

  /// Twenty-four images of 16×16 that differ, with these labels.
  private func writeIDX(
    _ folder: TemporaryFolder, labels: [UInt8], ending: String = "", part: String = "train"
  ) {
    let pixels = (0..<labels.count * 256).map { UInt8(truncatingIfNeeded: $0 / 256 * 7 + $0) }
    folder.write("\(part)-images-idx3-ubyte\(ending)", idx([labels.count, 16, 16], pixels))
    folder.write("\(part)-labels-idx1-ubyte\(ending)", idx([labels.count], labels))
  }

  private func cifar(_ labels: [UInt8]) -> [UInt8] {
    labels.enumerated().flatMap { index, label in
      [label] + (0..<3072).map { UInt8(truncatingIfNeeded: $0 * (index + 3)) }
    }
  }

  private func load(
    _ folder: TemporaryFolder, _ classes: DatasetOptions.ClassSelection = .all
  ) throws(DatasetFault) -> ImageDataset {
    try DatasetLoader.load(folder.path, options: DatasetOptions(size: 16, classes: classes))
  }

  private let three: [UInt8] = (0..<24).map { UInt8($0 % 3) }

  /// The names of the whole set beside a part of it: the labels keep their names, the others are told.
  @Test func namesOfClassesWithoutImages() throws {
    let folder = TemporaryFolder()
    folder.write("data_batch_1.bin", cifar((0..<24).map { [0, 3, 5][$0 % 3] }))
    folder.write("batches.meta.txt", Array("airplane\nautomobile\nbird\ncat\ndeer\ndog\n".utf8))
    let data = try load(folder)
    #expect(data.classNames == ["airplane", "cat", "dog"])
    for split in [data.training, data.test] {
      for (label, name) in zip(split.labels, split.identifiers) {
        #expect(try label == Int(#require(Int(name.dropFirst("data_batch_1/".count)))) % 3)
      }
    }
    #expect(
      data.summary.notes?.map(\.text) == [
        "3 of 6 named classes have no image and take no part: 'automobile', 'bird', 'deer'"
      ])
  }

  /// A class that has no image in one part cannot be learned or tested; leaving it out as the hint says helps.
  @Test func classInOnePartOnly() throws {
    let folder = TemporaryFolder()
    folder.write("data_batch_1.bin", cifar(three))
    folder.write("test_batch.bin", cifar(three.map { $0 == 2 ? 1 : $0 }))
    folder.write("batches.meta.txt", Array("airplane\nautomobile\nbird\n".utf8))
    let fault = #expect(throws: DatasetFault.self) { try load(folder) }
    #expect(fault?.diagnosis.expected == "an image in 'bird' (test)")
    #expect(
      fault?.diagnosis.hint
        == "add images of it (PNG or JPEG), or leave it out: --classes with the others' names")
    let data = try load(folder, .named(["airplane", "automobile"]))
    #expect(data.summary.counts["test"] == [8, 16])
  }

  /// One label for all is no set, whatever names there are.
  @Test func everyLabelTheSame() throws {
    let folder = TemporaryFolder()
    writeIDX(folder, labels: [UInt8](repeating: 0, count: 24))
    for names in ["", "a\nb\nc\n"] {
      if !names.isEmpty { folder.write("classes.txt", Array(names.utf8)) }
      let fault = #expect(throws: DatasetFault.self) { try load(folder) }
      #expect(fault?.diagnosis.what == "too few classes")
    }
  }

  /// Some browsers inflate what they fetch and keep the name.
  @Test func plainFilesNamedGzip() throws {
    let folder = TemporaryFolder()
    writeIDX(folder, labels: three, ending: ".gz")
    writeIDX(folder, labels: Array(three.prefix(9)), ending: ".gz", part: "t10k")
    let plain = TemporaryFolder()
    writeIDX(plain, labels: three)
    writeIDX(plain, labels: Array(three.prefix(9)), part: "t10k")
    #expect(try load(folder).summary.hash == load(plain).summary.hash)
  }

  /// An empty file, or anything else of that name, is said to be what it is.
  @Test func otherFilesNamedGzip() {
    let folder = TemporaryFolder()
    writeIDX(folder, labels: three, ending: ".gz")
    folder.write("train-images-idx3-ubyte.gz", Array("<html>not found</html>".utf8))
    let fault = #expect(throws: DatasetFault.self) { try load(folder) }
    #expect(fault?.diagnosis.expected == "magic number 0x803")
    #expect(fault?.diagnosis.hint == nil)
  }

  /// A folder of an IDX file's name, as some archives unpack to, is no second set.
  @Test func folderNamedLikeAFile() throws {
    let folder = TemporaryFolder()
    writeIDX(folder, labels: three)
    try folder.makeFolder("letters-train-images-idx3-ubyte")
    try folder.makeFolder("t10k-images.idx3-ubyte")
    try folder.makeFolder("data_batch_1.bin")
    #expect(try load(folder).classNames == ["0", "1", "2"])
  }

  /// Names as editors on Windows write them: with a byte order mark, or in UTF-16.
  @Test func namesWithAMark() throws {
    let text = "alpha\r\nbéta\r\ngamma\r\n"
    let little = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for bytes in [
      [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + little, [0xFE, 0xFF] + big,
    ] {
      let folder = TemporaryFolder()
      writeIDX(folder, labels: three)
      folder.write("classes.txt", bytes)
      #expect(
        try load(folder).classNames.map { Array($0.utf8) }
          == ["alpha", "béta", "gamma"].map { Array($0.utf8) })
    }
  }

  @Test func namesTwiceOrNone() {
    let folder = TemporaryFolder()
    writeIDX(folder, labels: three)
    for (text, got) in [("a\nb\na\n", "'a' twice"), ("\n\n", "none")] {
      folder.write("classes.txt", Array(text.utf8))
      let fault = #expect(throws: DatasetFault.self) { try load(folder) }
      #expect(fault?.diagnosis.expected == "one name a line, each once")
      #expect(fault?.diagnosis.got == got)
    }
  }
}
