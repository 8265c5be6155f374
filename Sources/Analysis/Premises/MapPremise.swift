import Recordings
import TensorCore

/// Why no sentence may say that one arm's maps agree more than the other's, although both saw the same images.
///
/// How far maps agree depends on what they are and on how fine they are: the very same maps, pooled from 14×14 to 7×7,
/// agree more by 0.020 [0.019, 0.021].
public struct MapPremise: Sendable, Equatable {
  public enum Problem: Sendable, Equatable {
    /// As recorded (`RecordingManifest.mapDescription`); nil where a recording does not say.
    case kinds(baseline: String?, egt: String?)
    /// The exits, from 1, whose grids differ, and the grids of the first of them.
    case grids(exits: [Int], baseline: GridSize, egt: GridSize)
    /// Exits, from 1, whose maps have negative cells: not the same ones in both arms.
    case signs(baseline: [Int], egt: [Int])
    /// Exits of one arm, from 1, whose maps are the same: whatever agrees there is one map with itself.
    case repeatedMaps(arm: ModelResult.Arm, exits: [Int])
  }

  /// At least one.
  public var problems: [Problem]

  public init(_ problem: Problem) { problems = [problem] }

  /// A clause: "EGT’s maps are Grad-CAM, the baseline’s softmax attention".
  public var reason: String { problems.map(Self.words).joined(separator: "; ") }

  private static func words(_ problem: Problem) -> String {
    switch problem {
    case .kinds(let baseline, let egt):
      "EGT’s maps are \(kind(egt)), the baseline’s \(kind(baseline))"
    case .grids(let exits, let baseline, let egt):
      "EGT’s maps at exit\(exits.count == 1 ? "" : "s") \(list(exits)) have another grid than the "
        + "baseline’s (\(egt) instead of \(baseline)\(exits.count == 1 ? "" : " at exit \(exits[0])"))"
    case .signs(let baseline, let egt):
      if baseline.isEmpty {
        "EGT’s maps at \(exitList(egt)) have negative cells, the baseline’s have none"
      } else if egt.isEmpty {
        "the baseline’s maps at \(exitList(baseline)) have negative cells, EGT’s have none"
      } else {
        "EGT’s maps have negative cells at \(exitList(egt)), the baseline’s at \(exitList(baseline))"
      }
    case .repeatedMaps(let arm, let exits):
      "\(arm == .egt ? "EGT’s" : "the baseline’s") exits \(list(exits)) have one and the same map"
    }
  }

  private static func kind(_ kind: String?) -> String { kind ?? "of a kind that is not given" }

  private static func exitList(_ exits: [Int]) -> String {
    "exit\(exits.count == 1 ? "" : "s") \(list(exits))"
  }

  private static func list(_ exits: [Int]) -> String {
    exits.map(String.init).joined(separator: ", ")
  }
}

extension MapPremise {
  /// nil where nothing speaks against a comparison.
  /// - Parameters:
  ///   - repeated: per arm, the exits whose maps are those of another exit.
  ///   - negative: per arm, the exits whose maps have negative cells.
  init?(
    baseline: RecordingManifest, egt: RecordingManifest,
    repeated: [(arm: ModelResult.Arm, exits: [Int])], negative: (baseline: [Int], egt: [Int])
  ) {
    problems = []
    if !baseline.hasMapsOfTheKind(of: egt) {
      problems.append(.kinds(baseline: baseline.mapDescription, egt: egt.mapDescription))
    }
    let others = baseline.exits.indices.filter { baseline.exits[$0].grid != egt.exits[$0].grid }
    if let first = others.first {
      problems.append(
        .grids(
          exits: others.map { $0 + 1 }, baseline: baseline.exits[first].grid,
          egt: egt.exits[first].grid))
    }
    if negative.baseline != negative.egt {
      problems.append(.signs(baseline: negative.baseline, egt: negative.egt))
    }
    problems += repeated.filter { !$0.exits.isEmpty }.map {
      .repeatedMaps(arm: $0.arm, exits: $0.exits)
    }
    if problems.isEmpty { return nil }
  }
}

extension PairedResult {
  /// Keeps the numbers of maps, and says nothing about them.
  mutating func withhold(_ premise: MapPremise?) {
    mapPremise = premise
    guard premise != nil else { return }
    for measure in AuditMeasure.allCases where measure != .accuracy {
      for index in exits.indices { exits[index][measure]?.isWithheld = true }
      mean[measure]?.isWithheld = true
    }
  }
}
