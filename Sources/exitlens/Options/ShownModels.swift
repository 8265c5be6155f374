import Analysis
import ArgumentParser
import FileKit
import Rendering

/// The names that were given to --show.
enum ShownModels {
  static let help = ArgumentHelp(
    "The models that sheets and charts show beside the reference, by name: \(limit) at most (default: the first ones).",
    valueName: "name")

  private static let limit = FigureInput.limit - 1

  /// Their places in the list, each once, without the reference's, which is always shown.
  static func places(of names: [String], in models: [Model]) throws -> [Int] {
    var places: [Int] = []
    for name in names {
      guard let place = models.firstIndex(where: { $0.name == name }) else {
        let known = models.map { "'\($0.name)'" }.joined(separator: ", ")
        throw ValidationError("--show: no model is called '\(name)'; there are \(known)".singleLine)
      }
      if place > 0, !places.contains(place) { places.append(place) }
    }
    guard places.count <= limit else {
      throw ValidationError(
        "--show takes \(limit) models at most beside the reference, got \(places.count)")
    }
    return places
  }
}
