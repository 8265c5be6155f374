import FileKit
import Foundation
import Testing

@Suite struct FileReasonTests {
  /// What the machine lacks is not the input's fault, and another folder does not help.
  @Test(arguments: [
    (EMFILE, "raise it, as in `ulimit -n 4096`"), (ENFILE, "fs.file-max"),
    (ENOMEM, "`ulimit -v`"), (EIO, "check the disk"),
  ])
  func shortagesSayWhatHelps(code: Int32, help: String) {
    let reason = FileReason(errno: code)
    #expect(reason.isShortage)
    let reading = FileFault.unreadable(path: "a.png", reason: reason).diagnosis
    #expect(reading.code == .failed && reading.line.contains(help), "\(reading.line)")
    let writing = FileFault.unwritable(path: "out", reason: reason).diagnosis
    #expect(writing.code == .cannotWrite && writing.line.contains(help), "\(writing.line)")
    #expect(!writing.line.contains("choose a folder"), "\(writing.line)")
  }

  @Test(arguments: [EACCES, ENOENT, ELOOP, ENOTDIR, ENAMETOOLONG, EINVAL])
  func othersAreTheFiles(code: Int32) {
    let reason = FileReason(errno: code)
    #expect(!reason.isShortage)
    #expect(FileFault.unreadable(path: "a.png", reason: reason).diagnosis.code == .noInput)
    let writing = FileFault.unwritable(path: "out", reason: reason).diagnosis
    #expect(writing.hint == "choose a folder that you may write to, with free space")
  }

  @Test func namesOfAFolder() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/names-\(UUID().uuidString)"
    try Files.makeFolder(folder + "/inner")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Files.write("text", to: folder + "/.hidden é")
    #expect(try Files.names(in: folder).sorted() == [".hidden é", "inner"])
    #expect(throws: FileFault.self) { try Files.names(in: folder + "/nosuch") }
    #expect(throws: FileFault.self) { try Files.names(in: folder + "/.hidden é") }
  }
}
