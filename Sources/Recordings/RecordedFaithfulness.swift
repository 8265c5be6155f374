/// What a recording says about the faithfulness of its maps: how answers change when pixels are masked in the maps'
/// order, how maps change when weights do, and where the gradient points. Measured on some of the samples; each part
/// may be missing.
public struct RecordedFaithfulness: Sendable, Equatable {
  /// The samples measured, ascending.
  public var samples: [Int]
  /// Deletion and insertion.
  public var masking: Masking?
  /// Removal with imputation.
  public var road: Road?
  /// Maps under random weights.
  public var randomized: Randomized?
  /// Per exit, Grad-CAM maps for the exit's own answer, [samples, grid.height, grid.width]; not negative.
  public var gradCAM: [[Float]]?

  /// Parts that are nil were not measured.
  public init(
    samples: [Int], masking: Masking? = nil, road: Road? = nil, randomized: Randomized? = nil,
    gradCAM: [[Float]]? = nil
  ) {
    self.samples = samples
    self.masking = masking
    self.road = road
    self.randomized = randomized
    self.gradCAM = gradCAM
  }

  /// Deletion and insertion (Petsiuk, Das and Saenko, 2018): the probability of the exit's own answer to the whole
  /// image while pixels are taken away, or put in, in some order.
  public struct Masking: Sendable, Equatable {
    /// Share of pixels deleted or inserted at each point of a curve, from 0 to 1.
    public var fractions: [Float]
    /// One an exit.
    public var exits: [Curves]

    /// `exits` has one entry an exit, each with curves of `fractions.count` points.
    public init(fractions: [Float], exits: [Curves]) {
      self.fractions = fractions
      self.exits = exits
    }

    /// [samples, fractions] each.
    public struct Curves: Sendable, Equatable {
      /// Most attended pixels first.
      public var deletion: [Float]
      /// The same for insertion.
      public var insertion: [Float]
      /// In random order, the mean over some orders.
      public var randomDeletion: [Float]
      /// The same for insertion in random order.
      public var randomInsertion: [Float]

      /// All four of the same size.
      public init(
        deletion: [Float], insertion: [Float], randomDeletion: [Float], randomInsertion: [Float]
      ) {
        self.deletion = deletion
        self.insertion = insertion
        self.randomDeletion = randomDeletion
        self.randomInsertion = randomInsertion
      }
    }
  }

  /// ROAD (Rong, Leemann, Borisov, Kasneci and Kasneci, 2022): answers after the most, or the least, attended pixels
  /// were removed and imputed.
  public struct Road: Sendable, Equatable {
    /// Share of pixels removed, between 0 and 1.
    public var fractions: [Float]
    /// One an exit.
    public var exits: [Removals]

    /// `exits` has one entry an exit, each with answers at `fractions.count` points.
    public init(fractions: [Float], exits: [Removals]) {
      self.fractions = fractions
      self.exits = exits
    }

    /// An exit's answers after removal, in either order.
    public struct Removals: Sendable, Equatable {
      /// The pixels that the map marks most were removed first.
      public var mostRelevantFirst: Answers
      /// The pixels that the map marks least were removed first.
      public var leastRelevantFirst: Answers

      /// Both of the same samples and fractions.
      public init(mostRelevantFirst: Answers, leastRelevantFirst: Answers) {
        self.mostRelevantFirst = mostRelevantFirst
        self.leastRelevantFirst = leastRelevantFirst
      }
    }

    /// [samples, fractions] each.
    public struct Answers: Sendable, Equatable {
      /// Of the exit's own answer to the whole image.
      public var probabilities: [Float]
      /// The class answered now.
      public var predictions: [Int]

      /// Both [samples, fractions].
      public init(probabilities: [Float], predictions: [Int]) {
        self.probabilities = probabilities
        self.predictions = predictions
      }
    }
  }

  /// Maps after weights were replaced by random ones from the top down (Adebayo et al., 2018).
  public struct Randomized: Sendable, Equatable {
    /// Independent draws of random weights.
    public var draws: Int
    /// One an exit.
    public var exits: [Maps]

    /// `exits` has one entry an exit.
    public init(draws: Int, exits: [Maps]) {
      self.draws = draws
      self.exits = exits
    }

    /// An exit's maps, one a draw, stage and sample.
    public struct Maps: Sendable, Equatable {
      /// How many times one more part was made random; ExitLens: the exit's attention module, then one block after
      /// another from the exit's down to the first.
      public var stages: Int
      /// [draws, stages, samples, grid.height, grid.width].
      public var values: [Float]

      /// `values` has draws × stages × samples × cells elements.
      public init(stages: Int, values: [Float]) {
        self.stages = stages
        self.values = values
      }
    }
  }
}
