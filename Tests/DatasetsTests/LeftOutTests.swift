import Datasets
import FileKit
import ImageCodec
import Testing

/// What in a folder is no data, and what is told of it.
@Suite struct LeftOutTests {
  private let options = DatasetOptions(size: 16)

  private func note(_ data: ImageDataset, _ name: String) -> String? {
    data.summary.notes?.first { $0.name == name }?.text
  }

  private func folder() -> TemporaryFolder {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 8)
    folder.writeImages("b", count: 8)
    return folder
  }

  private func identifiers(_ data: ImageDataset) -> Set<String> {
    Set(data.training.identifiers + data.validation.identifiers + data.test.identifiers)
  }

  @Test func nothingToSay() throws {
    let folder = folder()
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(data.summary.notes == nil && identifiers(data).count == 16)
  }

  /// Files of other types are counted by extension; images among them are listed as left out, and however many they
  /// are they stop nothing.
  @Test func otherTypes() throws {
    let folder = folder()
    for index in 0..<20 { folder.write("a/\(index).webp", Array("RIFF....WEBPVP8 ".utf8)) }
    folder.write("b/1.BMP", [0x42, 0x4D, 1, 2, 3, 4, 5])
    folder.write("b/notes.txt", Array("words".utf8))
    folder.write("b/LICENSE", Array("words".utf8))
    folder.write("b/more.txt", [])
    // An image type by content, whatever the name.
    folder.write("b/unnamed", Array("GIF89a..".utf8))
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(identifiers(data).count == 16)
    #expect(data.summary.skipped.count == 22)
    #expect(data.summary.skipped[0].reason == "unsupported image: a WebP image")
    #expect(
      note(data, "images of other types")
        == "left out 22 image files of types that are not read: 20 .webp, 1 .bmp, "
        + "1 without extension; convert to PNG or JPEG to use them")
    #expect(
      note(data, "other files")
        == "left out 3 other files in class folders: 2 .txt, 1 without extension")
  }

  /// PNG and JPEG are read by their first bytes.
  @Test func namesDoNotMatter() throws {
    let folder = folder()
    folder.write("a/photograph", TemporaryFolder.png(900))
    folder.write("b/picture.dat", TemporaryFolder.png(901))
    folder.write("b/picture.webp", TemporaryFolder.png(902))
    folder.write("c/only.bin", TemporaryFolder.png(903))
    folder.write("c/other.bin", TemporaryFolder.png(904))
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(data.classNames == ["a", "b", "c"])
    #expect(identifiers(data).isSuperset(of: ["a/photograph", "b/picture.dat", "b/picture.webp"]))
    #expect(data.summary.notes == nil && data.summary.skipped.isEmpty)
  }

  @Test func classOfOtherTypesOnly() {
    let folder = folder()
    folder.write("c/1.webp", Array("RIFF....WEBPVP8 ".utf8))
    folder.write("c/2.webp", Array("RIFF....WEBPVP8 ".utf8))
    let fault = #expect(throws: DatasetFault.self) {
      try DatasetLoader.load(folder.path, options: options)
    }
    #expect(fault?.diagnosis.what == "class without images")
    #expect(fault?.diagnosis.got == "only c/1.webp and 1 more of other types")
    // The hint followed.
    let data = try? DatasetLoader.load(
      folder.path, options: DatasetOptions(size: 16, classes: .named(["a", "b"])))
    #expect(data?.classNames == ["a", "b"])
  }

  /// Folders and files that systems make: named, and never data.
  @Test func systemFolders() throws {
    let folder = folder()
    for name in [
      "@eaDir", "__MACOSX", "lost+found", ".ipynb_checkpoints", ".thumbnails", "$RECYCLE.BIN",
      ".git",
      "System Volume Information", "#recycle",
    ] {
      folder.writeImages(name, count: 2)
      folder.writeImages("a/\(name)", count: 2)
    }
    for name in ["Thumbs.db", ".DS_Store", "desktop.ini", "._00.png"] {
      folder.write("a/\(name)", TemporaryFolder.png(5))
    }
    folder.write("a/.hidden.png", TemporaryFolder.png(6))
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(data.classNames == ["a", "b"] && identifiers(data).count == 16)
    #expect(
      note(data, "system folders")
        == "left out system folders: #recycle (2), $RECYCLE.BIN (2), .git (2), "
        + ".ipynb_checkpoints (2), .thumbnails (2), @eaDir (2), System Volume Information (2), "
        + "__MACOSX (2), lost+found (2)")
    #expect(
      note(data, "hidden images")
        == "left out 1 hidden image file, first a/.hidden.png")
    #expect(note(data, "other files") == nil)
  }

  /// What this program wrote is told by its own files, wherever it lies.
  @Test func ownOutput() throws {
    let folder = folder()
    let own: [(folder: String, files: [String], kind: String)] = [
      ("a/run", ["run.json", "weights.safetensors"], "a run"),
      ("bundle", ["exitlens_model.h", "exitlens_weights.bin"], "an exported network"),
      ("report", ["MANIFEST.sha256", "data/report.json"], "a report"),
      ("report-runs/egt-seed-1", ["run.json", "history.csv"], "a run"),
      (
        "report-runs/egt-seed-1-recording", ["recording.json", "recording.safetensors"],
        "a recording"
      ),
      ("sweep", ["plan.json", "runs/x/run.json"], "a sweep"),
    ]
    for (place, files, _) in own {
      for file in files { folder.write("\(place)/\(file)", [1]) }
      folder.writeImages("\(place)/sheets", count: 3)
    }
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(data.classNames == ["a", "b"] && identifiers(data).count == 16)
    #expect(
      note(data, "own output")
        == "left out what exitlens wrote itself: "
        + own.map { "\($0.folder)/ (\($0.kind))" }.joined(separator: ", "))
    for (place, _, kind) in own {
      let fault = #expect(throws: DatasetFault.self) {
        try DatasetLoader.load("\(folder.path)/\(place)", options: options)
      }
      #expect(fault?.diagnosis.got == "\(kind) that exitlens wrote")
    }
  }

  /// A class may hold one file of such a name.
  @Test func oneFileIsNoOutput() throws {
    let folder = folder()
    folder.write("a/run.json", [1])
    folder.write("b/plan.json", [1])
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(data.classNames == ["a", "b"] && identifiers(data).count == 16)
    #expect(note(data, "own output") == nil)
  }

  @Test func strayImages() throws {
    let folder = folder()
    folder.write("stray.png", TemporaryFolder.png(1))
    folder.write("README.md", [])
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(
      note(data, "stray images")
        == "left out 1 image file in no class folder, first stray.png")
  }

  /// Fixtures of ImageCodec: a file that libjpeg warns of, and 12 bits in 16.
  @Test func decodersWordsAreTold() throws {
    let fixtures = #filePath.replacing(
      "DatasetsTests/LeftOutTests.swift", with: "ImageCodecTests/Fixtures")
    let folder = folder()
    folder.write("a/w.jpg", try Files.read("\(fixtures)/stray-before-end.jpg"))
    folder.write("b/deep.png", try Files.read("\(fixtures)/grey-12in16.png"))
    let data = try DatasetLoader.load(folder.path, options: options)
    #expect(identifiers(data).count == 18)
    #expect(
      note(data, "decoded with warnings")
        == "decoded 1 image with warnings, first a/w.jpg: "
        + "Corrupt JPEG data: 2 extraneous bytes before marker 0xd9")
    #expect(
      note(data, "few grey levels")
        == "1 image of 16 bits: grey levels 0 to 16 of 0 to 255 only, as 12-bit values have; "
        + "multiply the values by 16 to use the whole range")
    folder.write("b/whole.png", try Files.read("\(fixtures)/grey-16bit.png"))
    let whole = try DatasetLoader.load(folder.path, options: options)
    #expect(note(whole, "few grey levels") == nil)
  }
}
