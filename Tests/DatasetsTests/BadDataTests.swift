import Datasets
import FileKit
import Foundation
import Testing

/// Each kind of bad data: one clear line, with the contract's exit code.
@Suite struct BadDataTests {
  private func fault(
    _ path: String, _ options: DatasetOptions = DatasetOptions(size: 16)
  ) -> Diagnosis? {
    do throws(DatasetFault) {
      _ = try DatasetLoader.load(path, options: options)
      return nil
    } catch {
      #expect(!error.description.contains("\n"))
      return error.diagnosis
    }
  }

  @Test func missingPath() {
    let diagnosis = fault("/no/such/folder")
    #expect(diagnosis?.code == .noInput)
    #expect(diagnosis?.location == "/no/such/folder")
  }

  @Test func fileForFolder() {
    let folder = TemporaryFolder()
    folder.write("file", [1])
    #expect(fault("\(folder.path)/file")?.code == .badData)
  }

  @Test func emptyFolder() {
    let folder = TemporaryFolder()
    #expect(fault(folder.path)?.what == "no data")
    folder.write("image.png", TemporaryFolder.png(1))
    #expect(fault(folder.path)?.what == "no data")
    #expect(fault(folder.path)?.code == .badData)
  }

  @Test func oneClass() {
    let folder = TemporaryFolder()
    folder.writeImages("only", count: 5)
    let diagnosis = fault(folder.path)
    #expect(diagnosis?.what == "too few classes")
    #expect(diagnosis?.got == "only 'only'")
    #expect(diagnosis?.code == .badData)
  }

  @Test func classWithoutImages() throws {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 5)
    try folder.makeFolder("b\nc")
    let diagnosis = fault(folder.path)
    #expect(diagnosis?.what == "class without images")
    #expect(diagnosis?.line.contains("b\\u{a}c") == true)
  }

  @Test func classMissingInOnePart() {
    let folder = TemporaryFolder()
    folder.writeImages("train/a", count: 5)
    folder.writeImages("train/b", count: 5)
    folder.writeImages("test/a", count: 5)
    let diagnosis = fault(folder.path)
    #expect(diagnosis?.what == "class without images")
    #expect(diagnosis?.line.contains("'b' (test)") == true)
  }

  @Test func tooFewToSplit() {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 5)
    folder.writeImages("b", count: 1)
    let diagnosis = fault(folder.path)
    #expect(diagnosis?.what == "too few images to split")
    #expect(diagnosis?.expected == "at least 2 in class 'b'")
  }

  /// One bad image in twenty is skipped and listed.
  @Test func skipsAFewBadImages() throws {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 10)
    folder.writeImages("b", count: 9)
    folder.write("b/text.png", Array("hello".utf8))
    let data = try DatasetLoader.load(folder.path, options: DatasetOptions(size: 16))
    #expect(data.training.count + data.validation.count + data.test.count == 19)
    #expect(
      data.summary.skipped == [
        .init(
          identifier: "b/text.png",
          reason: "not an image: a file that starts with the bytes 68 65 6c 6c")
      ])
  }

  /// Two in twenty-one are too many.
  @Test func stopsAtManyBadImages() {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 10)
    folder.writeImages("b", count: 9)
    folder.write("b/text.png", Array("hello".utf8))
    folder.write("a/cut.png", Array(TemporaryFolder.png(3).dropLast(20)))
    let diagnosis = fault(folder.path)
    #expect(diagnosis?.code == .badData)
    #expect(diagnosis?.what == "too many bad images")
    #expect(diagnosis?.expected == "at most 5 % of 21")
    #expect(
      diagnosis?.got
        == "2, the first being a/cut.png (damaged image: the file is cut short (no IEND chunk))")
  }

  @Test func unreadableThingsAreBadImages() throws {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 40)
    folder.writeImages("b", count: 40)
    symlink("nowhere", "\(folder.path)/a/dangling.png")
    mkfifo("\(folder.path)/a/pipe.png", 0o644)
    let data = try DatasetLoader.load(folder.path, options: DatasetOptions(size: 16))
    #expect(
      data.summary.skipped.map(\.reason) == [
        "cannot read: no such file", "cannot read: it is not a regular file",
      ])
  }

  @Test func classWithoutAGoodImage() {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 60)
    folder.write("b/text.png", [])
    let diagnosis = fault(folder.path)
    #expect(diagnosis?.what == "class without a good image")
    #expect(diagnosis?.line.contains("b/text.png (not an image: an empty file)") == true)
  }

  @Test func unknownClass() {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 5)
    folder.writeImages("b", count: 5)
    let diagnosis = fault(folder.path, DatasetOptions(size: 16, classes: .named(["a", "z"])))
    #expect(diagnosis?.code == .usage)
    #expect(diagnosis?.line.contains("z: expected one of 'a', 'b'") == true)
    #expect(fault(folder.path, DatasetOptions(size: 16, classes: .named(["a"])))?.code == .badData)
    for count in [Int.min, -1, 0, 1, 3, Int.max] {
      #expect(fault(folder.path, DatasetOptions(size: 16, classes: .first(count)))?.code == .usage)
    }
  }

  @Test func optionsOutOfRange() {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 5)
    folder.writeImages("b", count: 5)
    let bad: [DatasetOptions] = [
      DatasetOptions(size: 15), DatasetOptions(size: 100_000),
      DatasetOptions(size: 16, validationFraction: 1),
      DatasetOptions(size: 16, validationFraction: .nan),
      DatasetOptions(size: 16, testFraction: -0.1), DatasetOptions(size: 16, testFraction: 0),
      DatasetOptions(size: 16, trainingCount: 0), DatasetOptions(size: 16, trainingCount: -3),
      DatasetOptions(size: 16, testCount: 1), DatasetOptions(size: 16, testCount: 9),
      DatasetOptions(size: 16, trainingCount: 8, testCount: 3),
      DatasetOptions(size: 16, trainingCount: Int.max, testCount: 3),
    ]
    for options in bad { #expect(fault(folder.path, options) != nil, "\(options)") }
    let diagnosis = fault(folder.path, bad[10])
    #expect(diagnosis?.expected == "at least 8" && diagnosis?.got == "7")
  }

  @Test func radarSeeds() {
    #expect(fault("radar:x")?.code == .usage)
    #expect(fault("radar:-1")?.code == .usage)
  }
}
