import Analysis
import ArgumentParser
import FileKit
import Recordings

/// The recordings of an audit, model by model.
struct RecordingOptions: ParsableArguments {
  @Option(
    name: .customLong("model"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A model: its name, and its recordings' folders, one a training run. Give it once for each model; the first is the reference that others are compared with. Without a name the recording's own name stands, or its folder's.",
      valueName: "NAME=recording[,recording…]"))
  var models: [ModelArgument] = []
  @Option(
    parsing: .upToNextOption,
    help: "Short for --model Baseline=…: recording folders, one a training run.")
  var baseline: [String] = []
  @Option(
    parsing: .upToNextOption,
    help: "Short for --model EGT=…: recording folders, one a training run.")
  var egt: [String] = []

  /// Whether none was given.
  var isEmpty: Bool { models.isEmpty && baseline.isEmpty && egt.isEmpty }

  /// Where they lie.
  var places: [OutputPlaces.Item] {
    let given = models.map { ("--model", $0.folders) }
    return (given + [("--baseline", baseline), ("--egt", egt)]).flatMap { name, paths in
      paths.map { OutputPlaces.Item(name, $0) }
    }
  }

  /// For commands that can also do without: names what is missing as the parser would.
  /// - Parameter out: the command's own --out.
  func require(out: String?) throws {
    if models.isEmpty {
      for (name, isMissing) in [("--baseline", baseline.isEmpty), ("--egt", egt.isEmpty)]
      where isMissing {
        throw ValidationError(
          "Missing expected argument '\(name)' (or --model NAME=recording, once for each model)")
      }
    } else if !baseline.isEmpty || !egt.isEmpty {
      throw ValidationError(
        "--baseline and --egt are short for two models: do not mix them with --model")
    }
    if out == nil { throw ValidationError("Missing expected argument '--out'") }
  }

  /// In the order given; a name that is given again adds runs to its model.
  func read() throws -> [Model] {
    let given =
      models.isEmpty
      ? [ModelArgument("Baseline", baseline), ModelArgument("EGT", egt)] : models
    var result: [Model] = []
    for argument in given {
      let recordings = try argument.folders.map { try RecordingReader.read($0) }
      let name = argument.name ?? recordings[0].manifest.name ?? argument.folderName
      if let known = result.firstIndex(where: { $0.name == name }) {
        result[known].recordings += recordings
      } else {
        result.append(Model(name, recordings))
      }
    }
    return result
  }
}
