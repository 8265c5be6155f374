import FileKit
import Foundation

/// Standard output and standard error, unbuffered: a line is there as soon as it is printed, in a pipe too.
enum Console {
  /// Whether a person watches standard output.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  static func line(_ text: String) {
    write(text + "\n", to: STDOUT_FILENO)
  }

  /// A value as JSON, ending in one line end.
  static func json(_ value: some Encodable) {
    line(
      String(decoding: CanonicalJSON.encode(value), as: UTF8.self).trimmingCharacters(in: .newlines)
    )
  }

  /// Replaces the terminal's present line, where a person watches; an empty text clears it.
  static func status(_ text: String) {
    guard isTerminal else { return }
    write("\r\u{1B}[K" + text, to: STDOUT_FILENO)
  }

  static func error(_ line: String) {
    write("exitlens: \(line)\n", to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress! + done, bytes.count - done)
      }
      if written < 0, errno == EINTR { continue }
      // Nobody reads any more; the work itself is not affected.
      guard written > 0 else { return }
      done += written
    }
  }
}
