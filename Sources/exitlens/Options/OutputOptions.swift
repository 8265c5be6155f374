import ArgumentParser
import CommandLineKit
import FileKit

/// What happens to a folder that is in the way.
struct OutputOptions: ParsableArguments {
  @Flag(
    help: """
      Move what is in the way of the output, and is not as ExitLens wrote it, aside to NAME.old-N; it is never \
      deleted.
      """)
  var force = false
}

extension Console {
  /// Says what was moved aside.
  static func note(_ moved: MovedAside?) {
    if let moved { line(moved.notice) }
  }
}
