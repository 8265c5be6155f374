import FileKit
import Foundation
import Testing

/// Single files among others: what is on the list may be replaced, and nothing else.
@Suite struct OwnedFilesTests {
  private func inScratch(_ body: (String, OwnedFiles) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/owned-\(UUID().uuidString)"
    try Files.makeFolder(path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path, OwnedFiles(path))
  }

  private func read(_ path: String) throws -> String {
    String(decoding: try Files.read(path), as: UTF8.self)
  }

  @Test func replacesItsOwnFilesOnly() throws {
    try inScratch { scratch, files in
      try Files.write("theirs", to: "\(scratch)/b.txt")
      try files.write("one", to: "a.txt")
      try files.write("two", to: "a.txt")
      #expect(try read("\(scratch)/a.txt") == "two")
      let fault = try #require(throws: FileFault.self) { try files.write("mine", to: "b.txt") }
      #expect(fault.diagnosis.code == .cannotWrite)
      #expect(try read("\(scratch)/b.txt") == "theirs")
      files.remove("b.txt")
      #expect(Files.exists("\(scratch)/b.txt"))
      files.remove("a.txt")
      #expect(!Files.exists("\(scratch)/a.txt"))
    }
  }

  @Test func aFileChangedSinceIsSomebodysOwn() throws {
    try inScratch { scratch, files in
      try files.write("one", to: "a.txt")
      try Files.write("edited", to: "\(scratch)/a.txt")
      let fault = try #require(throws: FileFault.self) { try files.write("two", to: "a.txt") }
      #expect(fault.description.contains("changed since"))
      let moved = try files.write("two", to: "a.txt", force: true)
      #expect(moved?.to == "\(scratch)/a.txt.old-1")
      #expect(try read("\(scratch)/a.txt.old-1") == "edited")
      #expect(try read("\(scratch)/a.txt") == "two")
    }
  }

  /// The list is written before the file: whichever of the two bytes a kill leaves, they are proven.
  @Test func aKillBetweenListAndFileLeavesNothingForeign() throws {
    try inScratch { scratch, files in
      try files.write("one", to: "a.txt")
      let before = try read("\(scratch)/MANIFEST.sha256")
      try files.write("two", to: "a.txt")
      #expect(try read("\(scratch)/MANIFEST.sha256").contains(before))
      // As if the second rename had not been reached.
      try Files.write("one", to: "\(scratch)/a.txt")
      try files.write("three", to: "a.txt")
      try files.settle()
      // sha256sum of "three".
      #expect(
        try read("\(scratch)/MANIFEST.sha256")
          == "8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f  a.txt\n")
    }
  }

  @Test func anEditedListProvesNothing() throws {
    try inScratch { scratch, files in
      try files.write("one", to: "a.txt")
      let list = try read("\(scratch)/MANIFEST.sha256")
      try Files.write("# mine\n" + list, to: "\(scratch)/MANIFEST.sha256")
      #expect(throws: FileFault.self) { try files.write("two", to: "a.txt") }
      #expect(throws: FileFault.self) { try files.write("two", to: "new.txt") }
      #expect(try read("\(scratch)/MANIFEST.sha256") == "# mine\n" + list)
    }
  }
}
