import Network
import Recordings

extension GuidedLossOptions {
  /// What a recording has no field for (it has λ and the stop-gradient), in a fixed order.
  var settings: [Provenance.Setting] {
    func list(_ weights: [Double]?) -> String {
      weights.map { $0.map { "\($0)" }.joined(separator: ", ") } ?? "equal"
    }
    return [
      Provenance.Setting(.loss, formula),
      Provenance.Setting(.consistencyTarget, "\(target.rawValue) exit"),
      Provenance.Setting(.alignmentGrid, alignmentGridName),
      Provenance.Setting(.exitWeights, list(exitWeights)),
      Provenance.Setting(.consistencyWeights, list(consistencyWeights)),
      Provenance.Setting(.adaptiveWeights, adaptiveWeights ? "yes" : "no"),
    ]
  }

  /// In words.
  private var formula: String {
    func mean(_ weights: [Double]?) -> String { weights == nil ? "mean" : "weighted mean" }
    let cosine =
      switch target {
      case .final: "(1 − cosine)"
      case .next: "(1 − cosine with the next exit's map)"
      }
    let consistency =
      adaptiveWeights
      ? "mean of \(cosine) over early exits, each weighted by its share"
        + "\(consistencyWeights == nil ? "" : " (times its weight)") of the batch's sum"
      : "\(mean(consistencyWeights)) of \(cosine) over early exits"
    return "\(mean(exitWeights)) of the exits' cross-entropies + λ · \(consistency)"
  }

  /// Which grid "final" is depends on the target.
  private var alignmentGridName: String {
    switch (alignmentGrid, target) {
    case (.final, .next): "next"
    default: alignmentGrid.rawValue
    }
  }
}
