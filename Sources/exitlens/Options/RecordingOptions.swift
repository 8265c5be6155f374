import ArgumentParser
import FileKit
import Recordings

/// The recordings of an audit: those of both arms, and of a sweep over λ.
struct RecordingOptions: ParsableArguments {
  @Option(parsing: .upToNextOption, help: "Recording folders of the baseline, one a seed.")
  var baseline: [String] = []
  @Option(parsing: .upToNextOption, help: "Recording folders of the EGT network, one a seed.")
  var egt: [String] = []
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Recordings of EGT's training at other λ, for a chart over λ.", valueName: "recording"))
  var sweep: [String] = []

  /// Whether none was given.
  var isEmpty: Bool { baseline.isEmpty && egt.isEmpty && sweep.isEmpty }

  /// Where they lie.
  var places: [OutputPlaces.Item] {
    [("--baseline", baseline), ("--egt", egt), ("--sweep", sweep)].flatMap { name, paths in
      paths.map { OutputPlaces.Item(name, $0) }
    }
  }

  /// For commands that can also do without: names what is missing as the parser would.
  /// - Parameter out: the command's own --out.
  func require(out: String?) throws {
    for (name, isMissing) in [
      ("--baseline", baseline.isEmpty), ("--egt", egt.isEmpty), ("--out", out == nil),
    ] where isMissing {
      throw ValidationError("Missing expected argument '\(name)'")
    }
  }

  func read() throws -> (baseline: [Recording], egt: [Recording], sweep: [Recording]) {
    func read(_ folders: [String]) throws -> [Recording] {
      try folders.map { try RecordingReader.read($0) }
    }
    return (try read(baseline), try read(egt), try read(sweep))
  }
}
