import FileKit
import Foundation
import Testing

/// Which outputs lie in which inputs, by what the kernel says of the folders and not by their names.
@Suite struct OutputPlacesTests {
  private typealias Item = OutputPlaces.Item

  private func inScratch(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/places-\(UUID().uuidString)"
    for name in ["images/a", "other", "photos"] { try Files.makeFolder("\(path)/\(name)") }
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/disk", withDestinationPath: "images")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test(arguments: [
    ("images", "images", "is that"), ("images", "images/new/run", "lies in it"),
    ("images", "disk/run", "lies in it"), ("images/a", "images", "holds it"),
    ("disk", "images/run", "lies in it"), ("images", "./other/../images/run", "lies in it"),
    ("images", "other/new/../../images/a", "lies in it"),
  ])
  func anOutputInAnInputIsRefused(input: String, output: String, got: String) throws {
    try inScratch { scratch in
      let places = OutputPlaces(
        inputs: [Item("DATA", "\(scratch)/\(input)")],
        outputs: [Item("--out", "\(scratch)/\(output)")])
      let fault = try #require(throws: FileFault.self) { try places.check() }
      #expect(fault.diagnosis.code == .cannotWrite)
      #expect(fault.diagnosis.got == "one that \(got)")
    }
  }

  @Test(arguments: [
    ("images", "other/run"), ("images/a", "images/b"), ("images", "images-runs"),
    ("nothing", "nothing/run"),
  ])
  func othersAreFine(input: String, output: String) throws {
    try inScratch { scratch in
      try OutputPlaces(
        inputs: [Item("DATA", "\(scratch)/\(input)")],
        outputs: [Item("--out", "\(scratch)/\(output)")]
      ).check()
    }
  }

  /// Neither is there yet.
  @Test(arguments: [("new", "new/runs"), ("new/runs", "new"), ("new", "other/../new")])
  func outputsAreApart(first: String, second: String) throws {
    try inScratch { scratch in
      let places = OutputPlaces(
        inputs: [],
        outputs: [Item("--out", "\(scratch)/\(first)"), Item("--runs", "\(scratch)/\(second)")])
      #expect(throws: FileFault.self) { try places.check() }
    }
  }

  @Test func aSharedFolderMayHoldInputsAndOutputsButNotLieInThem() throws {
    try inScratch { scratch in
      try OutputPlaces(
        inputs: [Item("--egt", "\(scratch)/images")], outputs: [Item("--out", "\(scratch)/report")],
        shared: [Item("--runs", scratch)]
      ).check()
      for place in ["images", "images/f", "report/f"] {
        let places = OutputPlaces(
          inputs: [Item("--egt", "\(scratch)/images")],
          outputs: [Item("--out", "\(scratch)/report")],
          shared: [Item("--runs", "\(scratch)/\(place)")])
        #expect(throws: FileFault.self) { try places.check() }
      }
    }
  }
}
