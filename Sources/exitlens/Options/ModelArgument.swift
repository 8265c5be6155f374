import ArgumentParser
import CommandLineKit
import FileKit
import Foundation

/// "Stop-gradient=runs/a-recording,runs/b-recording"
struct ModelArgument: ExpressibleByArgument {
  /// nil where only folders were given.
  let name: String?
  let folders: [String]

  init(_ name: String?, _ folders: [String]) {
    self.name = name
    self.folders = folders
  }

  init?(argument: String) {
    var paths = argument[...]
    var name: String?
    // A folder may have "=" in its name, and then needs no name before it.
    if let mark = argument.firstIndex(of: "="), !Self.isThere(argument) {
      name = argument[..<mark].trimmingCharacters(in: .whitespaces)
      paths = argument[argument.index(after: mark)...]
    }
    let whole = ArgumentNormaliser.expandingHome(String(paths))
    // A folder may have a comma in its name too.
    let folders =
      Self.isThere(whole)
      ? [whole]
      : paths.split(separator: ",").map {
        ArgumentNormaliser.expandingHome($0.trimmingCharacters(in: .whitespaces))
      }.filter { !$0.isEmpty }
    guard !folders.isEmpty, name != "" else { return nil }
    self.init(name, folders)
  }

  /// "baseline-recording", where the recording does not tell a name either.
  var folderName: String { URL(fileURLWithPath: folders[0]).lastPathComponent }

  private static func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }
}
