import Datasets
import FileKit
import Foundation
import ImageCodec
import Testing

@Suite struct ImageFolderTests {
  private let options = DatasetOptions(size: 16)

  @Test func readsClassFolders() throws {
    let folder = TemporaryFolder()
    folder.writeImages("b", count: 8)
    folder.writeImages("a", count: 12)
    folder.write("README.md", Array("words".utf8))
    folder.write("stray.png", TemporaryFolder.png(1))
    folder.write(".hidden/x.png", TemporaryFolder.png(2))
    folder.write("a/.hidden.png", Array("not seen".utf8))
    folder.write("a/notes.txt", Array("not seen".utf8))
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(data.classNames == ["a", "b"])
    #expect(data.channels == 1)
    #expect(data.size.height == 16 && data.size.width == 16)
    #expect(data.summary.skipped.isEmpty)
    // A quarter of 20 for test, 12 : 8; a tenth of 15 for validation (9 : 6, 2 wanted).
    #expect(data.summary.counts == ["training": [8, 5], "validation": [1, 1], "test": [3, 2]])
    #expect(data.training.pixels.count == 13 * 256)
    let all = identifiers(data)
    #expect(Set(all).count == 20 && all.contains("a/11.png") && all.contains("b/07.png"))
  }

  /// The pixels of an image are those of its file, whatever part it is in.
  @Test func pixelsFollowIdentifiers() throws {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 9)
    folder.writeImages("b", count: 9)
    let data = try DatasetLoader.load(folder.path, options: options)
    for split in [data.training, data.validation, data.test] {
      for index in 0..<split.count {
        let name = split.identifiers[index]
        let file = try ImageDecoder.decode(Files.read("\(folder.path)/\(name)"), name: name)
        #expect(Array(split.pixels[index * 256..<(index + 1) * 256]) == file.pixels)
        #expect(data.classNames[split.labels[index]] == String(name.prefix(1)))
      }
    }
  }

  @Test func keepsTheDatasSplit() throws {
    let folder = TemporaryFolder()
    for (index, name) in ["x", "y"].enumerated() {
      folder.writeImages("train/\(name)", count: 6, salt: index)
      folder.writeImages("validation/\(name)", count: 2, salt: index)
      folder.writeImages("test/\(name)", count: 3, salt: index)
    }
    folder.write("notes/readme.txt", [])
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(data.summary.counts == ["training": [6, 6], "validation": [2, 2], "test": [3, 3]])
    #expect(data.training.identifiers.allSatisfy { $0.hasPrefix("train/") })
    #expect(data.validation.identifiers.allSatisfy { $0.hasPrefix("validation/") })
    #expect(data.test.identifiers.allSatisfy { $0.hasPrefix("test/") })

    var none = options
    none.validationFraction = 0
    let paper = try DatasetLoader.load(folder.path, options: none)
    #expect(paper.summary.counts == ["training": [8, 8], "validation": [0, 0], "test": [3, 3]])
  }

  /// The same picture in training and test, once as PNG and once larger with other bytes.
  @Test func findsDuplicatesAcrossParts() throws {
    let folder = TemporaryFolder()
    for (index, name) in ["x", "y"].enumerated() {
      folder.writeImages("train/\(name)", count: 6, salt: index)
      folder.writeImages("test/\(name)", count: 3, salt: index + 50)
    }
    let flat = PixelImage(width: 16, height: 16, channels: 1, filledWith: 99)
    let larger = PixelImage(width: 40, height: 30, channels: 3, filledWith: 99)
    folder.write("train/x/same.png", PNGEncoder.encode(flat))
    folder.write("test/y/other.png", PNGEncoder.encode(larger))
    var options = options
    options.validationFraction = 0
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(
      data.summary.duplicatesAcrossSplits.map(\.members) == [
        ["training: train/x/same.png", "test: test/y/other.png"]
      ])
  }

  /// `train` is a part only beside `test`, or among parts alone: else it is a vehicle.
  @Test func trainCanBeAClass() throws {
    let folder = TemporaryFolder()
    folder.writeImages("train", count: 4)
    folder.writeImages("tram", count: 4)
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(data.classNames == ["train", "tram"])
  }

  @Test func readsFoldersWithinAndLinks() throws {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 4)
    folder.writeImages("a/deep/deeper", count: 4)
    folder.writeImages("b", count: 8)
    folder.write("b/SHOUT.JPEG", TemporaryFolder.png(5))
    // A circle, and a folder seen through a link.
    symlink("..", "\(folder.path)/a/deep/circle")
    let other = TemporaryFolder()
    other.writeImages("c", count: 4)
    symlink("\(other.path)/c", "\(folder.path)/c")
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(data.classNames == ["a", "b", "c"])
    let all = identifiers(data)
    #expect(all.count == 8 + 9 + 4)
    #expect(all.contains("a/deep/deeper/03.png"))
    #expect(all.contains("b/SHOUT.JPEG"))
  }

  /// Names of any bytes: none crashes, twins stay apart, the order is that of the bytes.
  @Test func survivesNames() throws {
    let folder = TemporaryFolder()
    let names: [[UInt8]] = [
      Array("<script>alert(1)</script>".utf8.filter { $0 != 0x2F }), Array("line\nbreak".utf8),
      Array("Twin".utf8), Array("twin".utf8), [0x63, 0x61, 0x66, 0xE9], [0x63, 0x61, 0x66, 0xE8],
      Array("e\u{301}".utf8), Array("-rf ?#%".utf8),
    ]
    for (index, name) in names.enumerated() {
      for number in 0..<3 {
        folder.write(
          name + Array("/\(number).png".utf8), TemporaryFolder.png(index * 10 + number))
      }
    }
    let data = try DatasetLoader.load(folder.path, options: options)
    let expected = names.sorted { $0.lexicographicallyPrecedes($1) }
    #expect(data.classNames.count == 8)
    #expect(Set(data.classNames.map { Array($0.utf8) }).count == 8)
    #expect(data.classNames.contains("caf\\xE9") && data.classNames.contains("caf\\xE8"))
    #expect(Array(data.classNames[0].utf8) == expected[0])
    #expect(data.training.count + data.validation.count + data.test.count == 24)
    #expect(data.summary.skipped.isEmpty)
  }

  @Test func chosenColours() throws {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 4)
    folder.writeImages("b", count: 4, colored: true)
    var options = options
    #expect(try DatasetLoader.load(folder.path, options: options).channels == 3)
    options.colorMode = .grey
    #expect(try DatasetLoader.load(folder.path, options: options).channels == 1)
    options.classes = .named(["a", "b"])
    options.colorMode = .rgb
    let data = try DatasetLoader.load(folder.path, options: options)
    let index = try #require(data.training.labels.firstIndex(of: 0))
    let image = Array(data.training.pixels[index * 768..<(index + 1) * 768])
    for pixel in 0..<256 {
      let values = Set(image[pixel * 3..<pixel * 3 + 3])
      #expect(values.count == 1)
    }
  }

  private func identifiers(_ data: ImageDataset) -> [String] {
    data.training.identifiers + data.validation.identifiers + data.test.identifiers
  }
}
