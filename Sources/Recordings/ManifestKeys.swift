import Foundation

/// The keys that each object of `recording.json` may have. A key that nobody reads is a misspelt one, and what it was
/// to say would be missing from the report without a word.
indirect enum ManifestKeys: Sendable {
  /// A number, a text, or an object whose keys are the user's own.
  case anything
  case object([String: ManifestKeys])
  case list(ManifestKeys)

  static let recording = object([
    "formatVersion": .anything, "classNames": .anything, "input": .anything,
    "channels": .anything, "attentionKind": .anything, "mapKind": .anything, "name": .anything,
    "split": .anything,
    "identifiers": .anything, "paths": .anything,
    "exits": .list(.object(["grid": .anything, "macs": .anything, "parameters": .anything])),
    "provenance": provenance, "latency": latency,
  ])

  private static let entries = list(.object(["name": .anything, "value": .anything]))
  private static let settings = list(
    .object(["key": .anything, "name": .anything, "value": .anything]))

  private static let provenance = object([
    "producer": .anything, "seed": .anything, "lambda": .anything, "stopGradient": .anything,
    "settings": settings, "environment": entries, "command": .anything,
    "data": .object([
      "name": .anything, "hash": .anything, "sameAsTraining": .anything, "counts": .anything,
      "skipped": entries, "duplicatesAcrossSplits": .anything, "notes": entries,
    ]),
    "faithfulness": entries,
    "history": .list(
      .object([
        "epoch": .anything, "learningRate": .anything, "lambda": .anything, "loss": .anything,
        "consistencyLoss": .anything, "crossEntropy": .anything, "trainingAccuracy": .anything,
        "validationAccuracy": .anything,
      ])),
  ])

  private static let times = object([
    "mean": .anything, "median": .anything, "p5": .anything, "p95": .anything,
  ])

  private static let latency = object([
    "exits": .list(times),
    "earlyStop": .object([
      "threshold": .anything, "times": times, "shares": .anything, "speedup": .anything,
    ]),
    "images": .anything, "rounds": .anything, "threads": .anything, "machine": entries,
  ])

  /// The first key, in the order of the alphabet and outer ones first, that an object must not have: where it stands
  /// and what may stand there. nil where there is none; what is of another type is left to the decoder.
  func firstUnknown(in value: Any, at place: String = "") -> (key: String, known: [String])? {
    switch self {
    case .anything: return nil
    case .list(let element):
      for (index, item) in ((value as? [Any]) ?? []).enumerated() {
        if let found = element.firstUnknown(in: item, at: "\(place)[\(index)]") { return found }
      }
      return nil
    case .object(let keys):
      guard let members = value as? [String: Any] else { return nil }
      func path(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }
      if let key = members.keys.filter({ keys[$0] == nil }).min() {
        return (path(key), keys.keys.sorted())
      }
      for key in members.keys.sorted() {
        if let found = keys[key]!.firstUnknown(in: members[key]!, at: path(key)) { return found }
      }
      return nil
    }
  }
}
