import Datasets
import FileKit
import Testing

/// What the folders of a data folder mean.
@Suite struct FolderLayoutTests {
  private let options = DatasetOptions(size: 16)

  /// Fills `folder/CLASS` of two classes.
  private func write(_ folder: TemporaryFolder, _ parts: [String], count: Int = 4) {
    for (index, part) in parts.enumerated() {
      for (label, name) in ["x", "y"].enumerated() {
        folder.writeImages("\(part)/\(name)", count: count, salt: index * 2 + label)
      }
    }
  }

  private func load(_ folder: TemporaryFolder) throws(DatasetFault) -> ImageDataset {
    try DatasetLoader.load(folder.path, options: options)
  }

  private func diagnosis(_ folder: TemporaryFolder) -> Diagnosis? {
    #expect(throws: DatasetFault.self) { try load(folder) }?.diagnosis
  }

  private func note(_ data: ImageDataset, _ name: String) -> String? {
    data.summary.notes?.first { $0.name == name }?.text
  }

  /// The names that users of PyTorch, Keras, Kaggle and Hugging Face give, in any case.
  @Test(arguments: [
    ["train", "val", "test"], ["Training", "valid", "Testing"], ["TRAIN", "VALIDATION", "TEST"],
    ["training_set", "validation_set", "test_set"], ["train", "dev", "test"],
    ["training", "validation", "evaluation"], ["train", "eval", "test"],
    ["train2017", "val2017", "test2017"], ["train-images", "valid-images", "test-images"],
    ["seg_train/seg_train", "seg_val/seg_val", "seg_test/seg_test"],
    ["train/train", "val", "test"],
  ])
  func partsByTheirUsualNames(_ names: [String]) throws {
    let folder = TemporaryFolder()
    write(folder, names)
    let data = try load(folder)
    #expect(data.classNames == ["x", "y"])
    #expect(data.summary.counts == ["training": [4, 4], "validation": [4, 4], "test": [4, 4]])
    for (name, split) in zip(names, [data.training, data.validation, data.test]) {
      #expect(split.identifiers.allSatisfy { $0.hasPrefix("\(name)/") })
    }
    #expect(
      note(data, "parts")
        == "parts: \(names[0])/ is the training part, \(names[1])/ the validation part (no fraction "
        + "of \(names[0])/ is), \(names[2])/ the test part")
  }

  /// Without a test folder the test part is drawn from training, and that is said.
  @Test func trainingAndValidationOnly() throws {
    let folder = TemporaryFolder()
    write(folder, ["train", "valid"], count: 8)
    let data = try load(folder)
    #expect(data.classNames == ["x", "y"])
    #expect(data.summary.counts == ["training": [6, 6], "validation": [8, 8], "test": [2, 2]])
    #expect(data.validation.identifiers.allSatisfy { $0.hasPrefix("valid/") })
    let text = try #require(note(data, "parts"))
    #expect(
      text.hasSuffix("there is no test folder: --test-fraction 0.25 of train/ is the test part"))
    var paper = options
    paper.validationFraction = 0
    let joined = try DatasetLoader.load(folder.path, options: paper)
    #expect(joined.validation.count == 0 && joined.training.count == 24)
    #expect(
      note(joined, "parts")
        == "parts: train/ is the training part and so is valid/ (--validation 0); there is no test "
        + "folder: --test-fraction 0.25 of train/ and valid/ is the test part")
  }

  @Test func thirdFolderIsNamed() throws {
    let folder = TemporaryFolder()
    write(folder, ["train", "test"])
    folder.writeImages("unlabelled", count: 3)
    folder.write("docs/readme.txt", [])
    let data = try load(folder)
    #expect(data.classNames == ["x", "y"])
    #expect(
      note(data, "folders not used") == "not used: unlabelled/, no part beside train/ and test/")
  }

  /// Images directly in a folder make it a class, whatever its name.
  @Test(arguments: [
    ["train", "bus"], ["train", "test"], ["train", "val", "tram"], ["dev", "test"],
  ])
  func classesThatAreCalledLikeParts(_ names: [String]) throws {
    let folder = TemporaryFolder()
    for (index, name) in names.enumerated() { folder.writeImages(name, count: 4, salt: index) }
    let data = try load(folder)
    #expect(data.classNames == names.sorted())
    let classes = names.sorted().map { "'\($0)'" }.joined(separator: " and ")
    let told = "the classes are \(classes); if these are parts, put a folder per class into each"
    // One of another name leaves no doubt.
    let isSure = names.contains("bus") || names.contains("tram")
    #expect(data.summary.notes?.map(\.text) == (isSure ? nil : [told]))
  }

  /// One folder more, the same in every class, is no reason to doubt.
  @Test func folderOfImagesInEveryClass() throws {
    let folder = TemporaryFolder()
    folder.writeImages("train/images", count: 4)
    folder.writeImages("tram/images", count: 4)
    #expect(try load(folder).classNames == ["train", "tram"])
  }

  /// Parts of names that nobody uses are not taken for two classes; the hint, followed, helps.
  @Test func sharedSubfoldersAreRefused() throws {
    let folder = TemporaryFolder()
    write(folder, ["tr", "te"])
    let refusal = try #require(diagnosis(folder))
    #expect(refusal.what == "layout that is not known" && refusal.code == .badData)
    #expect(refusal.got == "'te', 'tr', with no images but the folders 'x', 'y' in each")
    #expect(refusal.hint?.contains("call them train, val and test") == true)
    let renamed = TemporaryFolder()
    write(renamed, ["train", "test"])
    #expect(try load(renamed).classNames == ["x", "y"])
    let moved = TemporaryFolder()
    for name in ["tr", "te"] { moved.writeImages(name, count: 8) }
    #expect(try load(moved).classNames == ["te", "tr"])
  }

  @Test func classOrPartIsAsked() throws {
    let folder = TemporaryFolder()
    write(folder, ["train"])
    folder.writeImages("extra", count: 4)
    #expect(diagnosis(folder)?.what == "class or part")
    // The hint followed: the other folder moved out.
    let alone = TemporaryFolder()
    write(alone, ["train"])
    #expect(try load(alone).classNames == ["x", "y"])
  }

  /// Kaggle's test images often lie in no class folder.
  @Test func unsortedPartIsRefused() throws {
    for (parts, flat) in [
      (["train"], "test"), (["train", "val"], "Test"), (["train", "test"], "val"),
    ] {
      let folder = TemporaryFolder()
      write(folder, parts)
      folder.writeImages(flat, count: 5)
      let refusal = try #require(diagnosis(folder))
      #expect(refusal.what == "part without class folders")
      #expect(refusal.got == "5 images of no class")
      #expect(refusal.expected == "one folder a class in '\(flat)', as in 'train'")
    }
  }

  @Test func emptyPartIsNothingToSort() throws {
    let folder = TemporaryFolder()
    write(folder, ["train", "test"])
    try folder.makeFolder("val")
    #expect(
      diagnosis(folder)?.hint == "'val' is empty: remove it, or fill it with one folder a class")
  }

  @Test func severalFoldersOfAPartAreRefused() throws {
    let folder = TemporaryFolder()
    write(folder, ["train", "val", "validation", "test"])
    #expect(
      diagnosis(folder)?.line.contains("got 'val', 'validation'; move all but one out") == true)
  }

  /// A word in a name means a part only where the folders below are the same.
  @Test func wordsInNamesNeedMore() throws {
    let folder = TemporaryFolder()
    folder.writeImages("test_tube/red", count: 4)
    folder.writeImages("test_tube/blue", count: 4)
    folder.writeImages("train_station/north", count: 4)
    folder.writeImages("train_station/south", count: 4)
    #expect(try load(folder).classNames == ["test_tube", "train_station"])
  }

  /// A Mac's archive has é in two pieces, Linux in one: one class.
  @Test func namesInOneUnicodeForm() throws {
    let (composed, decomposed) = (Array("é".utf8), Array("e\u{301}".utf8))
    let folder = TemporaryFolder()
    for index in 0..<4 {
      folder.write(
        Array("train/".utf8) + composed + [0x2F, 0x30 + UInt8(index)] + Array(".png".utf8),
        TemporaryFolder.png(index))
      folder.write(
        Array("test/".utf8) + decomposed + [0x2F, 0x30 + UInt8(index)] + Array(".png".utf8),
        TemporaryFolder.png(index + 50))
    }
    folder.writeImages("train/x", count: 4)
    folder.writeImages("test/x", count: 4, salt: 1)
    let data = try load(folder)
    #expect(data.classNames.map { Array($0.utf8) } == [[0x78], composed])
    #expect(data.test.labels == [1, 1, 1, 1, 0, 0, 0, 0])
    // What a keyboard gives finds what a folder is called.
    var chosen = options
    chosen.classes = .named(["x", "e\u{301}"])
    #expect(try DatasetLoader.load(folder.path, options: chosen).classNames == data.classNames)
    folder.write(Array("train/".utf8) + decomposed + Array("/9.png".utf8), TemporaryFolder.png(77))
    #expect(diagnosis(folder)?.what == "one class name in two Unicode forms")
  }
}
