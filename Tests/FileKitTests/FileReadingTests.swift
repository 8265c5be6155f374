import FileKit
import Foundation
import Testing

/// What `Files.read` refuses: nothing that waits, nothing without an end.
@Suite struct FileReadingTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/exitlens-\(UUID().uuidString)"
    try Files.makeFolder(folder)
  }

  @Test func plainFilesAreRead() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Files.write([1, 2, 3], to: "\(folder)/file")
    symlink("file", "\(folder)/link")
    #expect(try Files.read("\(folder)/link") == [1, 2, 3])
    #expect(Files.isPlainFile("\(folder)/link") && !Files.isPlainFile(folder))
    // A file of the system, which has no size beforehand.
    #expect(try !Files.read("/proc/self/status").isEmpty)
  }

  @Test func pipesAndDevicesAreRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    mkfifo("\(folder)/pipe", 0o644)
    for path in ["\(folder)/pipe", "/dev/zero", "/dev/null", folder] {
      let fault = #expect(throws: FileFault.self) { try Files.read(path) }
      #expect(fault?.diagnosis.code == .noInput)
      #expect(!Files.isPlainFile(path))
    }
    #expect(throws: FileFault.self) { try Files.readOrDrain("/dev/zero") }
  }

  /// A sparse file takes no place on the disk, but would in memory.
  @Test func hugeFilesAreRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Files.write([1], to: "\(folder)/huge")
    try #require(truncate("\(folder)/huge", 1 << 40) == 0)
    #expect(throws: FileFault.self) { try Files.read("\(folder)/huge") }
  }

  @Test func pipesAreDrainedWhereAUserNamesThem() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let pipe = "\(folder)/pipe"
    mkfifo(pipe, 0o644)
    let writer = Thread {
      let descriptor = open(pipe, O_WRONLY)
      write(descriptor, [4, 5] as [UInt8], 2)
      close(descriptor)
    }
    writer.start()
    #expect(try Files.readOrDrain(pipe) == [4, 5])
  }
}
