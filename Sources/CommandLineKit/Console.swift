import FileKit
import Foundation
import Synchronization

/// Standard output and standard error, unbuffered: a line is there as soon as it is printed, in a pipe too.
///
/// Output that cannot be written never ends the work, and is never forgotten: `lost` says so at the end. A reader that has
/// gone (`exitlens train … | head -1`) has had what it wanted.
package enum Console {
  /// Whether a person watches standard output.
  package static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Something to read beside the work.
  package static func line(_ text: String) { print(text + "\n") }

  /// What the command was called for.
  package static func answer(_ text: String) {
    if isClosed { output.withLock { $0.lost = $0.lost ?? FileReason(errno: EBADF) } }
    print(text + "\n")
  }

  /// An answer as JSON, ending in one line end.
  package static func json(_ value: some Encodable) {
    answer(
      String(decoding: CanonicalJSON.encode(value), as: UTF8.self).trimmingCharacters(in: .newlines)
    )
  }

  /// Replaces the terminal's present line, where a person watches; an empty text clears it.
  package static func status(_ text: String) {
    guard isTerminal else { return }
    print("\r\u{1B}[K" + text)
  }

  package static func error(_ line: String) {
    _ = write("exitlens: \(line)\n", to: STDERR_FILENO)
  }

  /// Why something that was printed is not where standard output goes.
  package static var lost: FileFault? {
    output.withLock { $0.lost }.map { reason in
      .unwritable(
        path: "standard output",
        reason: FileReason(
          reason.description, hint: reason.hint ?? "send it to a place that takes it"))
    }
  }

  /// Before a file is opened: where a standard stream is closed (`>&-`), the first file would take its number, and lines
  /// meant for people would go into it.
  package static func begin() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      if descriptor == STDOUT_FILENO { isClosed = true }
      // The lowest free number is this one.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY)
    }
  }

  /// Whether there was no standard output; set once, before anything is printed.
  nonisolated(unsafe) private static var isClosed = false

  private struct Output {
    /// The first failure; nothing is written after it, so that what is there is whole as far as it goes.
    var lost: FileReason?
    var hasReader = true
  }
  private static let output = Mutex(Output())

  private static func print(_ text: String) {
    output.withLock { output in
      guard output.lost == nil, output.hasReader else { return }
      switch write(text, to: STDOUT_FILENO) {
      case 0: break
      case EPIPE: output.hasReader = false
      case let code: output.lost = FileReason(errno: code)
      }
    }
  }

  /// - Returns: the C library's error number, 0 where all was written.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress! + done, bytes.count - done)
      }
      if written >= 0 {
        done += written
      } else if errno == EAGAIN {
        // A pipe or terminal that another program has made not to wait.
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
