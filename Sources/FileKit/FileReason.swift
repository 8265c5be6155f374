import Foundation

/// Why a file was not read or written, and what helps.
///
/// A literal is a reason that lies in the file or its place; the system's own come from `Files.reason()`.
public struct FileReason: Sendable, Equatable, ExpressibleByStringInterpolation,
  CustomStringConvertible
{
  /// In English whatever the locale, on one line.
  public var description: String
  /// What the user can do about it, where that is not to choose another file or folder.
  public var hint: String?
  /// Whether the machine gave out: the next file would fare no better, and this one may be good.
  public var isShortage = false

  /// A reason that lies in the file or its place, without a hint.
  public init(stringLiteral text: String) { description = text }

  /// A reason with what helps; see the properties.
  public init(_ text: String, hint: String? = nil, isShortage: Bool = false) {
    description = text
    self.hint = hint
    self.isShortage = isShortage
  }

  /// What an error number of the C library says.
  public init(errno code: Int32) {
    switch code {
    case EACCES, EPERM: self = "permission denied"
    case EROFS: self = "the file system is read-only"
    case ENOSPC: self = "the disk is full"
    case EDQUOT: self = "the disk quota is used up"
    case ENOTDIR: self = "a part of the path is not a folder"
    case ENOENT: self = "a folder of the path does not exist"
    case EISDIR: self = "it is a folder"
    case ENAMETOOLONG: self = "the name is too long"
    case ELOOP: self = "too many links"
    case EBUSY:
      self.init(
        "a file system is mounted there, or it is in use", hint: "choose a folder in it instead")
    case EBADF: self = "it is closed"
    case EFBIG:
      self.init(
        "no file may be that large",
        hint: "raise `ulimit -f`, or choose a file system that takes larger files")
    case EMFILE:
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      self.init(
        "too many open files: `ulimit -n` is \(limit.rlim_cur)",
        hint: "raise it, as in `ulimit -n 4096`", isShortage: true)
    case ENFILE:
      self.init(
        "too many open files in the whole system",
        hint: "end other programs, or raise the system's limit, fs.file-max", isShortage: true)
    case ENOMEM:
      self.init(
        "the system has no memory left",
        hint: "end other programs, or raise `ulimit -v`", isShortage: true)
    case EIO:
      self.init(
        "the device failed (input/output error)", hint: "check the disk and the system's log",
        isShortage: true)
    case ESTALE, ETIMEDOUT, EREMOTEIO:
      self.init(
        "the network file system does not answer (system error \(code))",
        hint: "run again when it does", isShortage: true)
    default: self.init("system error \(code)")
    }
  }
}
