import Foundation

/// Puts one folder in the place of another.
enum FolderExchange {
  /// `RENAME_NOREPLACE` and `RENAME_EXCHANGE` of linux/fs.h.
  private static let noReplace: UInt32 = 1
  private static let exchange: UInt32 = 2

  private typealias Rename =
    @convention(c) (
      Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
    ) -> Int32

  /// Linux's `renameat2`, which Swift's Glibc module hides, hence the lookup by name.
  private static let rename = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: Rename.self) }
  /// What a file system without one of its flags answers.
  private static let unsupported = [EINVAL, ENOSYS, ENOTSUP]

  /// Renames `source` to `target`, and what was at `target`, if anything, to `old`.
  ///
  /// An existing target is exchanged in one step. Where the file system cannot do that, two renames follow each
  /// other; a power cut between them leaves the old folder whole in the temporary one.
  static func put(
    _ source: String, at target: String, old: String, given: String
  ) throws(FileFault) {
    var status = stat()
    guard lstat(target, &status) == 0 else { return try move(source, to: target, given: given) }
    if let rename {
      if rename(AT_FDCWD, source, AT_FDCWD, target, exchange) == 0 {
        return try move(source, to: old, given: given)
      }
      guard unsupported.contains(errno) else {
        throw .unwritable(path: given, reason: Files.reason())
      }
    }
    try move(target, to: old, given: given)
    do throws(FileFault) {
      try move(source, to: target, given: given)
    } catch {
      _ = Foundation.rename(old, target)
      throw error
    }
  }

  enum Outcome {
    case done
    case taken
    case failed(reason: FileReason)
  }

  /// Renames a file or folder where nothing has the new name.
  static func moveWithoutReplacing(_ source: String, to target: String) -> Outcome {
    if let rename {
      if rename(AT_FDCWD, source, AT_FDCWD, target, noReplace) == 0 { return .done }
      if errno == EEXIST { return .taken }
      guard unsupported.contains(errno) else { return .failed(reason: Files.reason()) }
    }
    var status = stat()
    guard lstat(target, &status) != 0 else { return .taken }
    return Foundation.rename(source, target) == 0 ? .done : .failed(reason: Files.reason())
  }

  private static func move(_ source: String, to target: String, given: String) throws(FileFault) {
    guard Foundation.rename(source, target) == 0 else {
      throw .unwritable(path: given, reason: Files.reason())
    }
  }
}
