/// Where two models, or two exits of one model, part ways, image by image.
///
/// Everything but `tables` is about the first recording of each model, the one whose samples a report shows; answers of
/// several runs to one image are not several images. A model's answer is the class of its largest logit. “Where images
/// leave” is the first exit whose confidence reaches the audit's threshold, else the final one.
public struct Disagreement: Sendable {
  /// Right and wrong answers of the models against each other: of the first recordings and, where runs are matched by
  /// seed, of every further pair.
  public var tables: [CorrectnessTable] = []
  /// One an early exit: its answers against the final exit's.
  public var referenceExits: [ExitAgainstFinal] = []
  /// The same of the model.
  public var modelExits: [ExitAgainstFinal] = []
  /// The two models' final exits: the same answer from different maps; nil where no image has both maps.
  public var models: SameAnswer?
  /// Wrong answers of high confidence, one an exit, then where images leave.
  public var referenceConfidence: [ConfidentErrors] = []
  /// The same of the model.
  public var modelConfidence: [ConfidentErrors] = []
  /// Samples of each kind.
  public var samples = DisagreementSamples()

  package init() {}
}

/// Right and wrong answers of one recording of each model to the same images.
public struct CorrectnessTable: Sendable {
  /// The two answers at one exit, or where images leave.
  public struct Row: Sendable {
    /// `.exit` or `.earlyStop`.
    public var place: Place
    /// The 2×2 counts, and McNemar's exact test of them.
    public var test: McNemarTest
    /// The model's accuracy minus the reference's, Bonett and Price's interval (`PairedShares`).
    public var difference: Estimate
    /// McNemar's p after Holm's adjustment over the exits of this table; nil where images leave, which is one question.
    public var holmP: Double?

    package init(place: Place, test: McNemarTest, difference: Estimate, holmP: Double? = nil) {
      self.place = place
      self.test = test
      self.difference = difference
      self.holmP = holmP
    }

    /// A difference only where its interval excludes 0 and McNemar's p, not adjusted, is below 0.05.
    public var finding: Finding? { Finding(difference, p: test.p) }
  }

  /// Recordings, from 1.
  public var reference: Int
  /// The model's recording, from 1.
  public var model: Int
  /// Exits in order, then where images leave.
  public var rows: [Row]

  package init(reference: Int, model: Int, rows: [Row]) {
    self.reference = reference
    self.model = model
    self.rows = rows
  }

  /// The final exit's row.
  public var final: Row? { rows.dropLast().last }
}

/// An early exit's answers and maps against the final exit's, one model.
public struct ExitAgainstFinal: Sendable {
  /// From 1.
  public var exit: Int
  /// Images that both exits answer rightly.
  public var bothRight: Int
  /// Right here, wrong at the final exit: going on lost the answer.
  public var onlyExitRight: Int
  /// Images that only the final exit answers rightly.
  public var onlyFinalRight: Int
  /// Images that neither answers rightly.
  public var bothWrong: Int
  /// The final exit's accuracy minus this one's, Bonett and Price's interval.
  public var difference: Estimate
  /// McNemar's exact test, two-sided, of the two exits' accuracies; and after Holm's adjustment over the early exits.
  public var p: Double
  /// After Holm's adjustment over the early exits of the model.
  public var holmP: Double?
  /// The same answer from different maps; nil where no image has a defined map at both exits.
  public var sameAnswer: SameAnswer?

  /// - Parameter test: the exit in the reference's place, the final exit in the model's.
  package init(exit: Int, test: McNemarTest, difference: Estimate, sameAnswer: SameAnswer?) {
    self.exit = exit
    bothRight = test.bothRight
    onlyExitRight = test.onlyReferenceRight
    onlyFinalRight = test.onlyModelRight
    bothWrong = test.bothWrong
    p = test.p
    self.difference = difference
    self.sameAnswer = sameAnswer
  }

  /// As `CorrectnessTable.Row.finding`: higher where the final exit is right more often.
  public var finding: Finding? { Finding(difference, p: p) }
}

/// The same class answered twice, while the maps agree no better than maps of different images do.
///
/// An answer is *from elsewhere* where the cosine of the image's two maps on the input grid is at most the permutation
/// null: the mean cosine of one image's first map with another image's second map, over all ordered pairs of different
/// images (the null beside the consistency). An image counts where both maps are defined (`MapStatistics.isDefined`)
/// and both answers are the same class, right or wrong.
///
/// Of maps that have nothing to do with each other roughly half fall there, more or fewer where their cosines are skewed
/// (the null is a mean, not a median); `chance` is the share of pairs of different images that do.
public struct SameAnswer: Sendable {
  /// The permutation null; nil where fewer than two images have both maps. Then nothing is counted as from elsewhere.
  public var null: Double?
  /// Of pairs of different images, the share with a cosine of at most the null: of all of them up to 1,000, else of
  /// 1,000 drawn with the audit's seed.
  public var chance: Double?
  /// Images with the same answer, both maps defined.
  public var count: Int
  /// Of them, those from elsewhere.
  public var elsewhere: Int
  /// elsewhere / count with Wilson's interval; nil without an image or without a null.
  public var share: Estimate?

  package init(null: Double?, chance: Double?, count: Int, elsewhere: Int) {
    self.null = null
    self.chance = chance
    self.count = count
    self.elsewhere = elsewhere
    share = null == nil || count == 0 ? nil : WilsonInterval.estimate(elsewhere, of: count)
  }

  /// The null's and a cosine's rounding; without it, maps that are the same for all images would fall on either side.
  private static let tolerance = 1e-6

  static func isFromElsewhere(_ cosine: Double, null: Double) -> Bool {
    cosine <= null + tolerance
  }
}

/// Answers of at least the audit's threshold of confidence (largest softmax probability) that are wrong.
public struct ConfidentErrors: Sendable {
  /// `.exit` or `.earlyStop`.
  public var place: Place
  /// Answers of at least that confidence, and of them the wrong ones.
  public var confident: Int
  /// Of them, those that are wrong.
  public var confidentWrong: Int
  /// All wrong answers.
  public var wrong: Int
  /// confidentWrong / confident with Wilson's interval; nil without a confident answer.
  public var share: Estimate?

  package init(place: Place, confident: Int, confidentWrong: Int, wrong: Int) {
    self.place = place
    self.confident = confident
    self.confidentWrong = confidentWrong
    self.wrong = wrong
    share = confident == 0 ? nil : WilsonInterval.estimate(confidentWrong, of: confident)
  }
}

/// Lists of samples by their index in `AuditResult.samples`, each in the order in which a reader should look; equals in
/// the recording's order.
public struct DisagreementSamples: Sendable {
  /// At the final exit; by the confidence of the model that is right, highest first.
  public var onlyReferenceRight: [Int] = []
  /// Images that only the model answers rightly at its final exit.
  public var onlyModelRight: [Int] = []
  /// Right at some early exit, wrong at the final one; by the confidence of the wrong answer, highest first.
  public var referenceRightEarly: [Int] = []
  /// The same of the model.
  public var modelRightEarly: [Int] = []
  /// The same final answer of both models from elsewhere; by cosine, lowest first.
  public var elsewhere: [Int] = []
  /// Wrong at the final exit with at least the audit's threshold of confidence; by it, highest first.
  public var referenceConfident: [Int] = []
  /// The same of the model.
  public var modelConfident: [Int] = []

  package init() {}
}
