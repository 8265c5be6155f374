import Datasets
import FileKit
import Testing

@Suite struct IDXTests {
  /// An IDX file of bytes.
  private func idx(_ dimensions: [Int], _ data: [UInt8], magic: [UInt8]? = nil) -> [UInt8] {
    let sizes = dimensions.flatMap { size in [24, 16, 8, 0].map { UInt8(size >> $0 & 255) } }
    return (magic ?? [0, 0, 8, UInt8(dimensions.count)]) + sizes + data
  }

  /// A gzip file without compression: header, one stored block a piece, checksum, length.
  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var offset = 0
    repeat {
      let piece = bytes[offset..<min(offset + 65_535, bytes.count)]
      offset += piece.count
      let length = UInt16(piece.count)
      result.append(offset == bytes.count ? 1 : 0)
      for word in [length, ~length] { result += [UInt8(word & 255), UInt8(word >> 8)] }
      result += piece
    } while offset < bytes.count
    var checksum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      checksum ^= UInt32(byte)
      for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    for word in [~checksum, UInt32(bytes.count)] {
      result += [0, 8, 16, 24].map { UInt8(word >> $0 & 255) }
    }
    return result
  }

  private let labels: [UInt8] = (0..<24).map { UInt8($0 % 3) }
  private let pixels: [UInt8] = (0..<24 * 256).map { UInt8(truncatingIfNeeded: $0 / 256 * 7 + $0) }

  private func write(
    _ folder: TemporaryFolder, part: String, count: Int, compressed: Bool = false,
    labels: [UInt8]? = nil
  ) {
    let images = idx([count, 16, 16], Array(pixels[..<(count * 256)]))
    let numbers = idx([count], Array((labels ?? self.labels)[..<count]))
    let ending = compressed ? ".gz" : ""
    folder.write("\(part)-images-idx3-ubyte\(ending)", compressed ? gzip(images) : images)
    folder.write("\(part)-labels-idx1-ubyte\(ending)", compressed ? gzip(numbers) : numbers)
  }

  private func load(
    _ folder: TemporaryFolder, _ options: DatasetOptions = DatasetOptions(size: 16)
  ) throws(DatasetFault) -> ImageDataset {
    try DatasetLoader.load(folder.path, options: options)
  }

  @Test(arguments: [false, true]) func readsBothForms(compressed: Bool) throws {
    let folder = TemporaryFolder()
    write(folder, part: "train", count: 24, compressed: compressed)
    write(folder, part: "t10k", count: 9, compressed: compressed)
    let data = try load(folder)
    #expect(data.classNames == ["0", "1", "2"])
    #expect(data.channels == 1)
    #expect(
      data.summary.counts == ["training": [7, 7, 8], "validation": [1, 1, 0], "test": [3, 3, 3]])
    #expect(data.test.identifiers == (0..<9).map { "test/\($0)" })
    #expect(data.test.pixels == Array(pixels[..<(9 * 256)]))
    for (label, name) in zip(data.training.labels, data.training.identifiers) {
      #expect(try label == Int(#require(Int(name.dropFirst("train/".count)))) % 3)
    }
  }

  @Test func drawsATestPartWhereThereIsNone() throws {
    let folder = TemporaryFolder()
    write(folder, part: "train", count: 24)
    let data = try load(folder, DatasetOptions(size: 32, colorMode: .rgb))
    #expect(data.test.count == 6 && data.channels == 3)
    #expect(data.test.pixels.count == 6 * 32 * 32 * 3)
    #expect(data.test.identifiers.allSatisfy { $0.hasPrefix("train/") })
  }

  @Test func namesClasses() throws {
    let folder = TemporaryFolder()
    write(folder, part: "train", count: 24)
    folder.write("classes.txt", Array("zero\r\none\n<two>\n".utf8))
    #expect(try load(folder).classNames == ["zero", "one", "<two>"])
    let two = try load(folder, DatasetOptions(size: 16, classes: .named(["<two>", "zero"])))
    #expect(two.classNames == ["zero", "<two>"])
    #expect(two.training.labels.allSatisfy { $0 < 2 })
    for (label, name) in zip(two.training.labels, two.training.identifiers) {
      #expect(try Int(#require(Int(name.dropFirst("train/".count)))) % 3 == label * 2)
    }
  }

  /// A folder called fashion-mnist has that set's ten names.
  @Test func knowsFashion() throws {
    let folder = TemporaryFolder()
    let ten: [UInt8] = (0..<24).map { UInt8($0 % 10) }
    write(folder, part: "fashion-mnist/train", count: 24, labels: ten)
    var options = DatasetOptions(size: 16, classes: .first(3))
    options.colorMode = .grey
    let data = try DatasetLoader.load("\(folder.path)/fashion-mnist/.", options: options)
    #expect(data.name == "fashion-mnist")
    #expect(data.classNames == ["T-shirt/top", "Trouser", "Pullover"])
    #expect(data.training.count + data.validation.count + data.test.count == 9)
  }

  /// Every way in which the files can contradict themselves or one another.
  @Test func refusesDamage() {
    let images = idx([24, 16, 16], pixels)
    let numbers = idx([24], labels)
    let cases: [(images: [UInt8], labels: [UInt8], message: String)] = [
      (Array(images.dropLast()), numbers, "24×16×16 = 6144 bytes of data, got 6143"),
      (images + [0], numbers, "24×16×16 = 6144 bytes of data, got 6145"),
      (Array(images.prefix(10)), numbers, "a header of 16 bytes, got 10"),
      ([], numbers, "a header of 16 bytes, got 0"),
      (numbers, numbers, "magic number 0x803, got 0x801"),
      (images, images, "magic number 0x801, got 0x803"),
      (idx([0, 16, 16], []), numbers, "sizes above 0, got 0×16×16"),
      (
        idx([24, 0xFFFF_FFFF, 0xFFFF_FFFF], pixels), numbers, "bytes of data, got 6144"
      ),
      (images, idx([23], Array(labels.dropLast())), "as many labels as images, 24, got 23"),
    ]
    for (images, labels, message) in cases {
      let folder = TemporaryFolder()
      folder.write("train-images-idx3-ubyte", images)
      folder.write("train-labels-idx1-ubyte", labels)
      let fault = #expect(throws: DatasetFault.self) { try load(folder) }
      #expect(fault?.description.contains(message) == true, "\(fault?.description ?? "")")
      #expect(fault?.diagnosis.code == .badData)
    }
  }

  @Test func refusesLabelsOutOfRange() {
    let folder = TemporaryFolder()
    write(folder, part: "train", count: 24)
    write(folder, part: "t10k", count: 3, labels: [0, 1, 9])
    let fault = #expect(throws: DatasetFault.self) { try load(folder) }
    #expect(fault?.description.contains("that occur in training, got 9 at image 2") == true)
    folder.write("classes.txt", Array("a\nb\n".utf8))
    let other = #expect(throws: DatasetFault.self) { try load(folder) }
    #expect(other?.diagnosis.line.contains("\(folder.path)/classes.txt: ") == true)
    #expect(other?.diagnosis.got == "2")
    #expect(
      other?.diagnosis.expected
        == "3, as the labels in \(folder.path)/train-labels-idx1-ubyte go up to 2")
  }

  @Test func refusesMissingAndDoubledFiles() {
    let folder = TemporaryFolder()
    folder.write("t10k-images-idx3-ubyte", idx([24, 16, 16], pixels))
    var fault = #expect(throws: DatasetFault.self) { try load(folder) }
    #expect(fault?.description.contains("t10k-labels-idx1-ubyte") == true)
    write(folder, part: "train", count: 24)
    write(folder, part: "t10k", count: 24)
    write(folder, part: "letters-train", count: 24)
    fault = #expect(throws: DatasetFault.self) { try load(folder) }
    #expect(fault?.diagnosis.what == "more than one IDX set")
  }

  /// A stream that goes on behind what its header announces, or could never come so far, is not inflated.
  @Test(arguments: [
    ([24, 16, 15], "expected 5776 bytes, inflated, got more"),
    ([24, 16, 17], "expected 6544 bytes, inflated, got 6160"),
    ([24, 60_000, 60_000], "which cannot hold so many"),
  ])
  func gzipOfAnotherSize(dimensions: [Int], message: String) {
    let folder = TemporaryFolder()
    folder.write("train-images-idx3-ubyte.gz", gzip(idx(dimensions, pixels)))
    folder.write("train-labels-idx1-ubyte", idx([24], labels))
    let fault = #expect(throws: DatasetFault.self) { try load(folder) }
    #expect(fault?.description.contains(message) == true, "\(fault?.description ?? "")")
    #expect(fault?.diagnosis.code == .badData)
  }

  @Test func gzipOfMembers() throws {
    let first: [UInt8] = Array("hello ".utf8)
    let second = [UInt8](repeating: 7, count: 70_000)
    let both = gzip(first) + gzip(second)
    #expect(try Gzip.inflate(both, path: "x", size: 70_006) == first + second)
    #expect(try Gzip.inflate(gzip(first) + [0, 0, 0], path: "x", size: 6) == first)
    #expect(try Gzip.inflate(gzip([]), path: "x", size: 0) == [])
    #expect(try Gzip.prefix(4, of: both, path: "x") == Array("hell".utf8))
    #expect(try Gzip.prefix(7, of: gzip(first), path: "x") == first)
  }

  @Test func gzipDamaged() {
    let good = gzip(Array("some bytes to keep".utf8))
    func inflate(_ bytes: some Sequence<UInt8>, _ size: Int = 18) throws(FileFault) -> [UInt8] {
      try Gzip.inflate(Array(bytes), path: "x", size: size)
    }
    for count in 0..<good.count {
      #expect(throws: FileFault.self) { try inflate(good[..<count]) }
    }
    // After the header and the first block's padding bits, every bit counts.
    for offset in 11..<good.count {
      var bad = good
      bad[offset] ^= 0x10
      #expect(throws: FileFault.self) { try inflate(bad) }
    }
    #expect(throws: FileFault.self) { try inflate(good + [1, 2, 3]) }
    for size in [10, 17, 19, 1 << 40, .max] {
      #expect(throws: FileFault.self) { try inflate(good, size) }
    }
    let folder = TemporaryFolder()
    folder.write("train-images-idx3-ubyte.gz", Array(gzip(idx([24, 16, 16], pixels)).dropLast(3)))
    folder.write("train-labels-idx1-ubyte.gz", gzip(idx([24], labels)))
    let fault = #expect(throws: DatasetFault.self) { try load(folder) }
    #expect(fault?.diagnosis.what == "damaged gzip file")
    #expect(fault?.diagnosis.code == .badData)
  }
}
