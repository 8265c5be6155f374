import Datasets
import Testing

/// Pictures made of other pictures, by this program or by a camera's, among a class's own.
@Suite struct DerivedImagesTests {
  private func folder() -> TemporaryFolder {
    let folder = TemporaryFolder()
    folder.writeImages("a", count: 8)
    folder.writeImages("b", count: 8)
    return folder
  }

  private func load(_ folder: TemporaryFolder) throws -> (count: Int, notes: [String]) {
    let data = try DatasetLoader.load(folder.path, options: DatasetOptions(size: 16))
    #expect(data.classNames == ["a", "b"])
    return (
      data.training.count + data.validation.count + data.test.count,
      data.summary.notes?.map(\.text) ?? []
    )
  }

  private func writeFigures(_ folder: TemporaryFolder, _ place: String) {
    let names = ["figures.tex", "maps.png"]
    let list = names.map { String(repeating: "0", count: 64) + "  \($0)\n" }.joined()
    folder.write("\(place)figures.sha256", Array(list.utf8))
    folder.write("\(place)figures.tex", [0x25])
    folder.write("\(place)maps.png", TemporaryFolder.png(77))
  }

  /// Figures written into a class's folder, or the data's: the class stays, its own images too.
  @Test(arguments: ["", "b/"]) func figuresAmongImages(_ place: String) throws {
    let folder = folder()
    writeFigures(folder, place)
    let (count, notes) = try load(folder)
    #expect(count == 16)
    #expect(
      notes == ["left out 3 files that exitlens figure wrote, first \(place)figures.sha256"])
  }

  @Test func folderOfFiguresOnly() throws {
    let folder = folder()
    writeFigures(folder, "paper/")
    let (count, notes) = try load(folder)
    #expect(count == 16)
    #expect(notes == ["left out what exitlens wrote itself: paper/ (paper figures)"])
    let fault = #expect(throws: DatasetFault.self) {
      try DatasetLoader.load("\(folder.path)/paper", options: DatasetOptions(size: 16))
    }
    #expect(fault?.diagnosis.got == "paper figures that exitlens wrote")
  }

  @Test func thumbnailsBesideOriginals() throws {
    let folder = folder()
    folder.write("a/00_thumb.png", TemporaryFolder.png(1))
    folder.write("a/01.THUMB.jpg", TemporaryFolder.png(2))
    // No original: an image as any other.
    folder.write("b/left_thumb.png", TemporaryFolder.png(3))
    folder.writeImages("a/thumbs", count: 2)
    folder.writeImages("b/Thumbnails", count: 2)
    let (count, notes) = try load(folder)
    #expect(count == 17)
    #expect(
      notes == [
        "left out system folders: Thumbnails (1), thumbs (1)",
        "left out 2 thumbnails beside the originals, first a/00_thumb.png",
      ])
  }

  /// A gesture may be called so.
  @Test func classCalledThumbs() throws {
    let folder = folder()
    folder.writeImages("thumbs", count: 4)
    let data = try DatasetLoader.load(folder.path, options: DatasetOptions(size: 16))
    #expect(data.classNames == ["a", "b", "thumbs"] && data.summary.notes == nil)
  }
}
