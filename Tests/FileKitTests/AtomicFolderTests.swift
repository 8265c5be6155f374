import FileKit
import Foundation
import Testing

private let kind = AtomicFolder.Kind(
  name: "a test folder", markers: ["data/report.json"])

@Suite struct AtomicFolderTests {
  /// A folder of this test's own, removed afterwards.
  private func inScratch(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/atomic-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func write(_ text: String, to target: String) throws {
    var folder = try AtomicFolder(at: target, kind: kind)
    try folder.write(text, to: "data/report.json")
    try folder.commit()
  }

  private func read(_ path: String) throws -> String {
    String(decoding: try Files.read(path), as: UTF8.self)
  }

  private func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  @Test func appearsWithItsFoldersAndManifest() throws {
    try inScratch { scratch in
      try write("one", to: scratch + "/deep/er/report")
      #expect(try read(scratch + "/deep/er/report/data/report.json") == "one")
      // sha256sum of "one".
      #expect(
        try read(scratch + "/deep/er/report/MANIFEST.sha256")
          == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  data/report.json\n")
      #expect(try names(in: scratch + "/deep/er") == ["report"])
    }
  }

  @Test func replacesAReportAndNothingOfItStays() throws {
    try inScratch { scratch in
      let target = scratch + "/report"
      var old = try AtomicFolder(at: target, kind: kind)
      try old.write("one", to: "data/report.json")
      try old.write("stale", to: "pages/more/stale.html")
      try old.commit()
      try write("two", to: target + "/")
      #expect(try read(target + "/data/report.json") == "two")
      #expect(try names(in: target) == ["MANIFEST.sha256", "data"])
      #expect(try names(in: scratch) == ["report"])
    }
  }

  @Test func replacesAnEmptyFolderButNoOther() throws {
    try inScratch { scratch in
      let empty = scratch + "/empty"
      try Files.makeFolder(empty)
      try write("one", to: empty)
      #expect(try read(empty + "/data/report.json") == "one")

      let foreign = scratch + "/photos"
      try Files.makeFolder(foreign)
      try Files.write("keep", to: foreign + "/MANIFEST.sha256")
      let fault = try #require(throws: FileFault.self) { try write("two", to: foreign) }
      #expect(fault.diagnosis.code == .cannotWrite)
      #expect(fault.description.contains("a test folder"))
      #expect(try names(in: foreign) == ["MANIFEST.sha256"])
    }
  }

  @Test func abandonedWriteLeavesTheOldOne() throws {
    try inScratch { scratch in
      let target = scratch + "/report"
      try write("one", to: target)
      do {
        var folder = try AtomicFolder(at: target, kind: kind)
        try folder.write("two", to: "data/report.json")
        #expect(try names(in: scratch).count == 2)
      }
      #expect(try read(target + "/data/report.json") == "one")
      #expect(try names(in: scratch) == ["report"])
    }
  }

  /// Only the marker inside makes a temporary folder ExitLens's; a live one's lock keeps it.
  @Test func sweepsWhatAKilledProcessLeftButNeitherALiveOneNorAStrangers() throws {
    try inScratch { scratch in
      try Files.makeFolder(scratch + "/.exitlens-1-0.tmp/data")
      try Files.write("mine", to: scratch + "/.exitlens-1-0.tmp/data/thesis.tex")
      var live = try AtomicFolder(at: scratch + "/first", kind: kind)
      try live.write("first", to: "data/report.json")
      let living = try #require(try names(in: scratch).first { $0 != ".exitlens-1-0.tmp" })
      let abandoned = scratch + "/.exitlens-999999-0.tmp"
      try FileManager.default.copyItem(atPath: scratch + "/" + living, toPath: abandoned)
      try write("second", to: scratch + "/second")
      #expect(try names(in: scratch) == [".exitlens-1-0.tmp", living, "second"].sorted())
      try live.commit()
      #expect(try names(in: scratch) == [".exitlens-1-0.tmp", "first", "second"])
      #expect(try read(scratch + "/.exitlens-1-0.tmp/data/thesis.tex") == "mine")
    }
  }

  /// Killed between the exchange and the end: the old report lies in the temporary folder, in the user's reach.
  @Test func whatAUserAddsToAReplacedReportIsKept() throws {
    try inScratch { scratch in
      try write("old", to: scratch + "/report")
      let left = scratch + "/.exitlens-999999-0.tmp"
      do {
        let folder = try AtomicFolder(at: scratch + "/report2", kind: kind)
        let living = try #require(try names(in: scratch).first { $0.hasPrefix(".exitlens-") })
        try FileManager.default.copyItem(atPath: scratch + "/" + living, toPath: left)
        _ = consume folder
      }
      try FileManager.default.moveItem(atPath: scratch + "/report", toPath: left + "/old")
      try Files.write("mine", to: left + "/old/data/notes.txt")
      try write("new", to: scratch + "/report2")
      #expect(try names(in: scratch) == ["report2", "report2.old-1"])
      #expect(try read(scratch + "/report2.old-1/data/notes.txt") == "mine")
    }
  }

  @Test func keepsTheModeOfWhatItReplaces() throws {
    try inScratch { scratch in
      let target = scratch + "/report"
      try write("one", to: target)
      chmod(target, 0o700)
      try write("two", to: target)
      let attributes = try FileManager.default.attributesOfItem(atPath: target)
      #expect(attributes[.posixPermissions] as? Int == 0o700)
    }
  }

  /// Through a link in the middle of a path, as disks are arranged, but not where the folder itself should be.
  @Test func followsLinksToTheFolderButNotInItsPlace() throws {
    try inScratch { scratch in
      try Files.makeFolder(scratch + "/disk")
      try FileManager.default.createSymbolicLink(
        atPath: scratch + "/data", withDestinationPath: "disk")
      try write("one", to: scratch + "/data/report")
      #expect(try read(scratch + "/disk/report/data/report.json") == "one")
      try FileManager.default.createSymbolicLink(
        atPath: scratch + "/latest", withDestinationPath: "disk/report")
      try FileManager.default.createSymbolicLink(
        atPath: scratch + "/nowhere", withDestinationPath: "none")
      for name in ["latest", "nowhere", "nowhere/report", "latest/"] {
        let fault = try #require(throws: FileFault.self) {
          try write("two", to: scratch + "/" + name)
        }
        #expect(fault.diagnosis.code == .cannotWrite)
        #expect(fault.description.contains("link"))
      }
      #expect(try read(scratch + "/disk/report/data/report.json") == "one")
    }
  }

  @Test(arguments: ["file/report", "file", "/proc/report"])
  func whatCannotBeWrittenIsSaidWithCode73(name: String) throws {
    try inScratch { scratch in
      try Files.write("x", to: scratch + "/file")
      let target = name.hasPrefix("/") ? name : "\(scratch)/\(name)"
      let fault = try #require(throws: FileFault.self) { try write("one", to: target) }
      #expect(fault.diagnosis.code == .cannotWrite)
      #expect(try names(in: scratch) == ["file"])
    }
  }

  @Test func readOnlyParentIsSaidWithCode73() throws {
    // The superuser may write anywhere.
    guard geteuid() != 0 else { return }
    try inScratch { scratch in
      let locked = scratch + "/locked"
      try Files.makeFolder(locked)
      chmod(locked, 0o555)
      defer { chmod(locked, 0o755) }
      let fault = try #require(throws: FileFault.self) { try write("one", to: locked + "/report") }
      #expect(fault.diagnosis.code == .cannotWrite)
    }
  }
}
