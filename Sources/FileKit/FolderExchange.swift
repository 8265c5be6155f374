import Foundation

/// Puts one folder in the place of another.
enum FolderExchange {
  /// `RENAME_EXCHANGE` of linux/fs.h.
  private static let exchange: UInt32 = 2

  private typealias Rename =
    @convention(c) (
      Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
    ) -> Int32

  /// Renames `source` to `target`. What was at `target` is at `source` afterwards, if anything was.
  ///
  /// On Linux an existing target is exchanged in one step (`renameat2`, which Swift's Glibc module
  /// hides, hence the lookup by name). Where the file system cannot do that, two renames follow each
  /// other; a power cut between them leaves the old folder whole under the temporary name.
  static func put(_ source: String, at target: String, given: String) throws(FileFault) {
    guard Files.exists(target) else { return try move(source, to: target, given: given) }
    if let symbol = dlsym(nil, "renameat2") {
      let rename = unsafeBitCast(symbol, to: Rename.self)
      if rename(AT_FDCWD, source, AT_FDCWD, target, exchange) == 0 { return }
      guard [EINVAL, ENOSYS, ENOTSUP].contains(errno) else {
        throw .unwritable(path: given, reason: Files.reason())
      }
    }
    let old = source + ".old"
    try move(target, to: old, given: given)
    do throws(FileFault) {
      try move(source, to: target, given: given)
    } catch {
      _ = Foundation.rename(old, target)
      throw error
    }
    try move(old, to: source, given: given)
  }

  private static func move(_ source: String, to target: String, given: String) throws(FileFault) {
    guard Foundation.rename(source, target) == 0 else {
      throw .unwritable(path: given, reason: Files.reason())
    }
  }
}
