import Recordings
import TensorCore

/// Why no sentence may say that one model's maps agree more than another's, although both saw the same images.
///
/// How far maps agree depends on what they are and on how fine they are: the very same maps, pooled from 14×14 to 7×7,
/// agree more by 0.020 [0.019, 0.021].
public struct MapPremise: Sendable, Equatable {
  /// In what the two sides' maps differ.
  public enum Problem: Sendable, Equatable {
    /// The models have other numbers of exits.
    case exitCounts(reference: Int, model: Int)
    /// As recorded (`RecordingManifest.mapDescription`); nil where a recording does not say.
    case kinds(reference: String?, model: String?)
    /// The exits, from 1, whose grids differ, and the grids of the first of them.
    case grids(exits: [Int], reference: GridSize, model: GridSize)
    /// Exits, from 1, whose maps have negative cells: not the same ones in both models.
    case signs(reference: [Int], model: [Int])
    /// Exits, from 1, whose maps are the same: whatever agrees there is one map with itself.
    case repeatedMaps(isReference: Bool, exits: [Int])
  }

  /// At least one.
  public let problems: [Problem]
  /// What the reference and the model are called.
  private let reference: String
  private let model: String

  package init(_ problem: Problem, names: (reference: String, model: String)) {
    self.init([problem], names)
  }

  private init(_ problems: [Problem], _ names: (reference: String, model: String)) {
    self.problems = problems
    (reference, model) = names
  }

  /// A clause: "the maps of EGT are Grad-CAM, those of Baseline softmax attention".
  public var reason: String { problems.map(words).joined(separator: "; ") }

  private func words(_ problem: Problem) -> String {
    switch problem {
    case .exitCounts(let before, let own):
      "\(model) has \(own) exits and \(reference) \(before)"
    case .kinds(let before, let own):
      "the maps of \(model) are \(Self.kind(own)), those of \(reference) \(Self.kind(before))"
    case .grids(let exits, let before, let own):
      "the maps of \(model) at \(Self.exitList(exits)) have another grid than those of \(reference) "
        + "(\(own) instead of \(before)\(exits.count == 1 ? "" : " at exit \(exits[0])"))"
    case .signs(let before, let own):
      if before.isEmpty {
        "the maps of \(model) have negative cells at \(Self.exitList(own)), those of \(reference) have none"
      } else if own.isEmpty {
        "the maps of \(reference) have negative cells at \(Self.exitList(before)), those of \(model) have none"
      } else {
        "the maps of \(model) have negative cells at \(Self.exitList(own)), those of \(reference) at "
          + Self.exitList(before)
      }
    case .repeatedMaps(let isReference, let exits):
      "\(Self.exitList(exits)) of \(isReference ? reference : model) have one and the same map"
    }
  }

  private static func kind(_ kind: String?) -> String { kind ?? "of a kind that is not given" }

  private static func exitList(_ exits: [Int]) -> String {
    "exit\(exits.count == 1 ? "" : "s") \(exits.map(String.init).joined(separator: ", "))"
  }
}

extension MapPremise {
  /// What the recordings alone tell.
  static func problems(reference: RecordingManifest, model: RecordingManifest) -> [Problem] {
    var problems: [Problem] = []
    if !reference.hasMapsOfTheKind(of: model) {
      problems.append(.kinds(reference: reference.mapDescription, model: model.mapDescription))
    }
    guard reference.exits.count == model.exits.count else {
      return problems + [.exitCounts(reference: reference.exits.count, model: model.exits.count)]
    }
    let others = reference.exits.indices.filter { reference.exits[$0].grid != model.exits[$0].grid }
    if let first = others.first {
      problems.append(
        .grids(
          exits: others.map { $0 + 1 }, reference: reference.exits[first].grid,
          model: model.exits[first].grid))
    }
    return problems
  }

  /// One side of a comparison.
  struct Side {
    var name: String
    var manifest: RecordingManifest
    /// Exits, from 1, whose maps are those of another exit.
    var repeated: [Int]
    /// Exits, from 1, whose maps have negative cells.
    var negative: [Int]
  }

  /// nil where nothing speaks against a comparison.
  init?(reference: Side, model: Side) {
    var problems = Self.problems(reference: reference.manifest, model: model.manifest)
    if reference.negative != model.negative {
      problems.append(.signs(reference: reference.negative, model: model.negative))
    }
    for (side, isReference) in [(reference, true), (model, false)] where !side.repeated.isEmpty {
      problems.append(.repeatedMaps(isReference: isReference, exits: side.repeated))
    }
    if problems.isEmpty { return nil }
    self.init(problems, (reference.name.shortLine, model.name.shortLine))
  }
}
