import Foundation

/// A folder whose every file is on its own list, byte for byte: one that may be replaced, as nothing of anybody
/// else's would be lost.
struct OwnedFolder {
  let path: String
  let list: FileList

  /// Something in a folder that ExitLens cannot prove to be its own.
  struct Foreign: Equatable {
    /// Relative to the folder.
    var name: String
    /// As in "…, which …".
    var reason: String
  }

  /// Reads a folder's list; nil where it has none, or one that somebody has edited.
  init?(_ path: String) {
    guard let bytes = Self.bytes(of: "\(path)/\(FileList.name)"), let list = FileList(bytes)
    else { return nil }
    self.path = path
    self.list = list
  }

  /// The first thing in a folder that keeps it from being replaced; nil where nothing does.
  /// - Parameter markers: files that a list of the kind has.
  static func foreign(in path: String, markers: [String]) throws(FileFault) -> Foreign? {
    let names = try entries(of: path)
    guard let first = names.first else { return nil }
    guard let owned = OwnedFolder(path) else {
      guard names.contains(FileList.name) else {
        return Foreign(name: first, reason: "no list of ExitLens's files names")
      }
      return Foreign(name: FileList.name, reason: "is not a list as ExitLens writes it")
    }
    if let missing = markers.first(where: { owned.list.digests[$0] == nil }) {
      return Foreign(name: FileList.name, reason: "does not list \(missing)")
    }
    return try owned.foreign(in: "", folders: Set(owned.list.folders))
  }

  private func foreign(
    in folder: String, folders: Set<String>
  ) throws(FileFault) -> Foreign? {
    let place = folder.isEmpty ? path : "\(path)/\(folder)"
    var own = stat()
    guard lstat(place, &own) == 0 else {
      throw .unreadable(path: place, reason: Files.reason())
    }
    for entry in try Self.entries(of: place) {
      let name = folder.isEmpty ? entry : "\(folder)/\(entry)"
      if name == FileList.name { continue }
      var status = stat()
      guard lstat("\(path)/\(name)", &status) == 0 else {
        return Foreign(name: name, reason: "ExitLens did not write")
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        guard status.st_dev == own.st_dev else {
          return Foreign(name: name, reason: "is another file system, mounted there")
        }
        guard folders.contains(name) else {
          return Foreign(name: name, reason: "ExitLens did not write")
        }
        if let found = try foreign(in: name, folders: folders) { return found }
      case S_IFREG:
        guard list.digests[name] != nil else {
          return Foreign(name: name, reason: "ExitLens did not write")
        }
        guard isAsWritten(name) else {
          return Foreign(name: name, reason: "was changed since ExitLens wrote it")
        }
      default:
        return Foreign(
          name: name, reason: status.st_mode & S_IFMT == S_IFLNK ? "is a link" : "is no plain file")
      }
    }
    return nil
  }

  private func isAsWritten(_ name: String) -> Bool {
    guard let digest = FileDigests.digest(of: "\(path)/\(name)") else { return false }
    return list.proves(name, digest: digest)
  }

  /// Removes what the list proves, and folders that are empty then.
  /// - Returns: whether the folder itself is gone; otherwise something foreign is in it.
  func remove() -> Bool {
    for name in list.names where isAsWritten(name) { unlink("\(path)/\(name)") }
    for folder in list.folders { rmdir("\(path)/\(folder)") }
    let names = (try? Self.entries(of: path)) ?? []
    if names == [FileList.name] { unlink("\(path)/\(FileList.name)") }
    return rmdir(path) == 0
  }

  /// The bytes of a plain file that is no link; nil for anything else.
  static func bytes(of file: String) -> [UInt8]? {
    var status = stat()
    guard lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return try? Files.read(file)
  }

  /// A folder's entries, sorted by their bytes.
  static func entries(of path: String) throws(FileFault) -> [String] {
    try Files.names(in: path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
