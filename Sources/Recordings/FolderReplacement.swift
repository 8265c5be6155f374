import FileKit
import Foundation

/// A folder that is built beside its place and takes it by a rename, so that readers never see half of one.
struct FolderReplacement {
  /// Where to build.
  let temporary: String

  private let destination: String

  /// Makes the temporary folder, and those above it.
  init(of folder: String) throws(FileFault) {
    // Through links: a rename would replace the link, not the folder.
    let path = Files.exists(folder) ? Self.resolved(folder) : folder
    destination = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard Self.mayBeReplaced(destination) else {
      throw .notOurs(path: folder, kind: "a recording")
    }
    temporary = "\(destination).\(getpid()).tmp"
    try? FileManager.default.removeItem(atPath: temporary)
    try Files.makeFolder(temporary)
  }

  /// Puts the new folder in its place and removes the old one.
  func commit() throws(FileFault) {
    let old = "\(temporary).old"
    let isReplacing = Files.exists(destination)
    if isReplacing { try move(destination, to: old) }
    do throws(FileFault) {
      try move(temporary, to: destination)
    } catch {
      if isReplacing { try? move(old, to: destination) }
      throw error
    }
    if isReplacing { try? FileManager.default.removeItem(atPath: old) }
  }

  func discard() {
    try? FileManager.default.removeItem(atPath: temporary)
  }

  private func move(_ source: String, to target: String) throws(FileFault) {
    guard rename(source, target) == 0 else {
      throw .unwritable(
        path: destination,
        reason: errno == EACCES ? "permission denied" : "the folder cannot be renamed")
    }
  }

  /// Nothing there, an empty folder, or a folder of a recording's files and nothing else: images that lie
  /// in a recording's folder would be lost.
  private static func mayBeReplaced(_ path: String) -> Bool {
    guard Files.exists(path) else { return true }
    guard Files.isFolder(path),
      let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    else { return false }
    let ours = [RecordingLayout.manifest, RecordingLayout.tensors]
    return names.isEmpty
      || names.contains(RecordingLayout.manifest) && names.allSatisfy { ours.contains($0) }
  }

  private static func resolved(_ path: String) -> String {
    guard let pointer = realpath(path, nil) else { return path }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
