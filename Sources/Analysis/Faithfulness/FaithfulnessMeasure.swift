/// A number about one exit and one sample that faithfulness is averaged from.
enum FaithfulnessMeasure: Hashable, Sendable {
  case deletionArea, randomDeletionArea, deletionGain
  case insertionArea, randomInsertionArea, insertionGain
  case advantage
  case wholeImage, allDeleted, noneInserted
  case roadGap
  case gradCAM(Agreement), gradCAMNull(Agreement), gradCAMExcess(Agreement)
  /// The mean over draws; the stage from 0.
  case randomized(stage: Int, Similarity)

  enum Agreement: String, CaseIterable, Sendable {
    case cosine, centred, spearman
  }

  enum Similarity: String, CaseIterable, Sendable {
    case spearman, centred, structuralSimilarity
  }

  /// Those that get an interval.
  var hasInterval: Bool {
    switch self {
    case .wholeImage, .allDeleted, .noneInserted, .gradCAMNull: false
    default: true
    }
  }
}

/// Any fixed order: a bootstrap's columns must not depend on that of a set.
extension FaithfulnessMeasure: Comparable {
  static func < (left: Self, right: Self) -> Bool { "\(left)" < "\(right)" }
}
