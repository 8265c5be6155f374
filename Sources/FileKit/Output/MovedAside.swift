import Foundation

/// Something that was in the way of an output and lies beside it now.
public struct MovedAside: Equatable, Sendable {
  /// Where it was.
  public let from: String
  /// Where it is now: NAME.old-N.
  public let to: String

  /// For the user, who has to know.
  public var notice: String { "kept: what was at \(from) is now \(to)".singleLine }

  /// Renames a file or folder to NAME.old-N, N the first number that is free.
  /// - Parameters:
  ///   - path: absolute.
  ///   - place: what N is counted for, where that is not the path.
  ///   - given: the path for messages.
  public static func move(
    _ path: String, beside place: String? = nil, given: String
  ) throws(FileFault) -> MovedAside {
    let target = place ?? path
    for number in 1...9999 {
      let aside = "\(target).old-\(number)"
      switch FolderExchange.moveWithoutReplacing(path, to: aside) {
      case .done:
        Files.syncFolder(of: aside)
        return MovedAside(from: target, to: aside)
      case .taken: continue
      case .failed(let reason): throw .unwritable(path: given, reason: reason)
      }
    }
    throw .unwritable(path: given, reason: "\(target).old-1 to .old-9999 are there already")
  }
}
