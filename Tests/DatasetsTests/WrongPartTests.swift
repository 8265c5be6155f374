import Datasets
import FileKit
import Testing

/// Parts and folders that hold something else than their place says.
@Suite struct WrongPartTests {
  private func folder(_ classes: String...) -> TemporaryFolder {
    let folder = TemporaryFolder()
    for (salt, name) in classes.enumerated() { folder.writeImages(name, count: 4, salt: salt) }
    return folder
  }

  private func diagnosis(
    _ path: String, _ classes: DatasetOptions.ClassSelection = .all
  ) -> Diagnosis? {
    #expect(throws: DatasetFault.self) {
      try DatasetLoader.load(path, options: DatasetOptions(size: 16, classes: classes))
    }?.diagnosis
  }

  /// Else the test part would be drawn from train/ though a test folder is there.
  @Test(arguments: [
    DatasetOptions.ClassSelection.all, .named(["cat", "dog"]),
  ])
  func testFolderInAnotherCase(_ classes: DatasetOptions.ClassSelection) {
    let folder = folder("train/cat", "train/dog", "test/Cat", "test/Dog")
    let refusal = diagnosis(folder.path, classes)
    #expect(refusal?.code == .badData)
    #expect(refusal?.expected == "images of 'cat', 'dog' in test/")
    #expect(refusal?.got == "only 'Cat', 'Dog' (case differs)")
  }

  /// The validation folder is at fault, not test/, which is as train/ is.
  @Test func oneValidationClassInAnotherCase() {
    let folder = folder(
      "train/cat", "train/dog", "test/cat", "test/dog", "val/Cat", "val/dog")
    for classes in [DatasetOptions.ClassSelection.all, .named(["cat", "dog"])] {
      let refusal = diagnosis(folder.path, classes)
      #expect(refusal?.expected == "images of 'cat' in val/")
      #expect(refusal?.got == "only 'Cat' (case differs)")
    }
  }

  @Test func partWithoutAChosenClass() throws {
    for part in ["val", "test"] {
      let folder = folder("train/a", "train/b", "train/c", "train/d", "\(part)/c", "\(part)/d")
      let refusal = diagnosis(folder.path, .named(["a", "b"]))
      #expect(refusal?.expected == "images of 'a', 'b' in \(part)/")
      #expect(refusal?.got == "only 'c', 'd'")
    }
  }

  @Test func classOfValidationOnly() {
    let folder = folder("train/a", "train/b", "test/a", "test/b", "val/a", "val/b", "val/new")
    let refusal = diagnosis(folder.path)
    #expect(refusal?.expected == "an image in 'new' (training)")
    #expect(refusal?.got == "them only in val/")
  }

  /// Two letters are two classes, where training has both.
  @Test func capitalsMayBeClasses() throws {
    let folder = folder("train/a", "train/A", "test/a", "test/A", "val/A")
    let data = try DatasetLoader.load(folder.path, options: DatasetOptions(size: 16))
    #expect(data.classNames == ["A", "a"])
    #expect(data.summary.counts["validation"] == [4, 0])
  }

  /// One folder around a layout that is known: the hint names it, and followed it helps.
  @Test(arguments: [
    ("data", ["data/train/x", "data/train/y", "data/test/x", "data/test/y"]),
    ("images", ["images/x", "images/y"]),
    ("archive/chest", ["archive/chest/train/x", "archive/chest/train/y"]),
  ])
  func folderAroundTheData(_ inner: String, _ classes: [String]) throws {
    for hasDocuments in [false, true] {
      let folder = TemporaryFolder()
      for (salt, name) in classes.enumerated() { folder.writeImages(name, count: 4, salt: salt) }
      if hasDocuments { folder.write("docs/readme.txt", [0x61]) }
      #expect(
        diagnosis(folder.path)?.hint
          == "the data lie one folder further down: give \(folder.path)/\(inner)")
      let data = try DatasetLoader.load(
        "\(folder.path)/\(inner)", options: DatasetOptions(size: 16))
      #expect(data.classNames == ["x", "y"])
    }
  }
}
