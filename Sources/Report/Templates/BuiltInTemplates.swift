import FileKit
import Foundation

/// Where the templates that come with ExitLens lie: found from the program's own place, so that an installed
/// or moved program works from any working directory.
enum BuiltInTemplates {
  /// The folders looked at, in order: what `make install` makes beside the program's `bin`, and what the
  /// build puts beside the program. (`Bundle.module` would end the program where there is neither.)
  static var candidates: [String] {
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let folder = program.deletingLastPathComponent()
    return [
      folder.deletingLastPathComponent().appendingPathComponent("share/exitlens/templates").path,
      folder.appendingPathComponent("ExitLens_Report.resources/templates").path,
    ]
  }

  /// nil where there are none.
  static var folder: String? { candidates.first { Files.isFolder($0) } }
}
