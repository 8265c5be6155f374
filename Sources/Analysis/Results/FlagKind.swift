/// Every alert that an audit can raise, in the order of docs/STATISTICS.md.
public enum FlagKind: String, Sendable, CaseIterable {
  case identicalModels = "IDENTICAL-MODELS"
  case differentSamples = "DIFFERENT-SAMPLES"
  case otherMaps = "OTHER-MAPS"
  case otherGrids = "OTHER-GRIDS"
  case identicalExits = "IDENTICAL-EXITS"
  case probabilities = "PROBABILITIES"
  case chance = "CHANCE"
  case earlyBetter = "EARLY-BETTER"
  case validationIsTest = "VALIDATION-IS-TEST"
  case repeatedSamples = "REPEATED-SAMPLES"
  case blankImages = "BLANK-IMAGES"
  case unexpectedLambda = "UNEXPECTED-LAMBDA"
  case fewSeeds = "FEW-SEEDS"
  case undefinedMaps = "UNDEFINED-MAPS"
  case negativeMaps = "NEGATIVE-MAPS"
  case collapse = "COLLAPSE"
  case sameMap = "SAME-MAP"
  case noExcess = "NO-EXCESS"
  case flattened = "FLATTENED"
  case calibrationWorse = "CALIBRATION-WORSE"
  case consistentNotFaithful = "CONSISTENT-NOT-FAITHFUL"
  case otherCosts = "OTHER-COSTS"
  case otherSplit = "OTHER-SPLIT"
  case otherData = "OTHER-DATA"
  case skippedImages = "SKIPPED-IMAGES"
  case duplicates = "DUPLICATES"
  case smallClass = "SMALL-CLASS"

  /// How much it takes away.
  public enum Severity: String, Sendable, CaseIterable {
    /// A number of the report does not mean what its name says, or a comparison has lost its ground.
    case limit
    /// The numbers stand, and reach less far than a reader may think.
    case note
  }

  /// Whether the flag limits what may be concluded, or is for information.
  public var severity: Severity {
    switch self {
    case .undefinedMaps, .calibrationWorse, .otherCosts, .otherSplit, .skippedImages,
      .smallClass:
      .note
    default: .limit
    }
  }

  /// A dozen words at most, without numbers.
  public var title: String {
    switch self {
    case .identicalModels: "two of the models are one"
    case .differentSamples:
      "recorded on other images: no difference is paired or tested"
    case .otherMaps: "another kind of map in each model: their agreement is not compared"
    case .otherGrids: "another grid in each model: their maps' agreement is not compared"
    case .identicalExits: "exits give one and the same map or answer"
    case .probabilities: "logits that are probabilities: confidences and calibration are wrong"
    case .chance: "the final exit is no better than naming the commonest class"
    case .earlyBetter: "an early exit is clearly better than the final one"
    case .validationIsTest:
      "validation answers are the test answers: thresholds are chosen on the test"
    case .repeatedSamples: "half or more of the samples are copies of others"
    case .blankImages: "half or more of the images are of one colour"
    case .unexpectedLambda: "a guided baseline, or an EGT without guidance"
    case .fewSeeds: "fewer than three training runs: another seed may give other numbers"
    case .undefinedMaps: "zero, constant or non-finite maps are left out"
    case .negativeMaps: "maps with negative cells: they have no spread and no entropy"
    case .collapse: "flat maps, which agree with anything"
    case .sameMap: "different images have nearly the same map"
    case .noExcess: "no agreement beyond that with another image's map"
    case .flattened: "the final maps are flatter than the reference's"
    case .calibrationWorse: "confidences fit the answers worse than the reference's"
    case .consistentNotFaithful: "maps agree, but the answers do not depend on what they mark"
    case .otherCosts: "the same exits cost other MACs in each model"
    case .otherSplit: "not the test part was recorded"
    case .otherData: "recorded on other data than trained on"
    case .skippedImages: "images that could not be read are missing"
    case .duplicates: "the same image lies in more than one part of the data"
    case .smallClass: "classes of fewer than ten samples"
    }
  }
}

extension Flag {
  init(_ kind: FlagKind, model: Int?, exit: Int? = nil, _ message: String) {
    self.init(code: kind.rawValue, model: model, exit: exit, message: message)
  }

  /// nil for a code of another version.
  public var kind: FlagKind? { FlagKind(rawValue: code) }
}
