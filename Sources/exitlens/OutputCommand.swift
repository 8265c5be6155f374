import ArgumentParser
import Datasets
import FileKit

/// A command that writes files: where it reads and where it writes are compared before it runs.
protocol OutputCommand: ParsableCommand {
  var places: OutputPlaces { get }
  /// For somebody who has stopped it: what was lost, and how it goes on.
  var afterStopping: String { get }
}

extension OutputCommand {
  /// Where the images lie; nothing where they are made.
  static func data(_ source: String) -> [OutputPlaces.Item] {
    DatasetLoader.isBuiltIn(source) ? [] : [OutputPlaces.Item("DATA", source)]
  }

  static var nothingWritten: String { "nothing was changed; the same command starts again" }
}
