import FileKit
import Foundation
import Testing

private let kind = AtomicFolder.Kind(
  name: "a test folder", markers: ["MANIFEST.sha256", "data/report.json"])

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
    try folder.write(folder.manifest(), to: "MANIFEST.sha256")
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
      try write("one", to: target)
      try Files.write("left over", to: target + "/stale.html")
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

  @Test func sweepsWhatAKilledProcessLeftButNotALiveOne() throws {
    try inScratch { scratch in
      try Files.makeFolder(scratch + "/.exitlens-999999-0.tmp/data")
      var live = try AtomicFolder(at: scratch + "/first", kind: kind)
      try live.write("first", to: "data/report.json")
      try write("second", to: scratch + "/second")
      let left = try names(in: scratch)
      #expect(left.count == 2 && left[1] == "second" && left[0] != ".exitlens-999999-0.tmp")
      try live.commit()
      #expect(try names(in: scratch) == ["first", "second"])
    }
  }

  @Test func followsALinkToTheFolderItself() throws {
    try inScratch { scratch in
      try write("one", to: scratch + "/real")
      try FileManager.default.createSymbolicLink(
        atPath: scratch + "/latest", withDestinationPath: "real")
      try write("two", to: scratch + "/latest")
      #expect(try read(scratch + "/real/data/report.json") == "two")
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: scratch + "/latest") == "real")
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
