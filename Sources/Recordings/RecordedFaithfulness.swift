/// What a recording says about the faithfulness of its maps: how answers change when pixels are masked in the maps'
/// order, how maps change when weights do, and where the gradient points. Measured on some of the samples; each part
/// may be missing.
public struct RecordedFaithfulness: Sendable, Equatable {
  /// The samples measured, ascending.
  public var samples: [Int]
  public var masking: Masking?
  public var road: Road?
  public var randomized: Randomized?
  /// Per exit, Grad-CAM maps for the exit's own answer, [samples, grid.height, grid.width]; not negative.
  public var gradCAM: [[Float]]?

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
    public var exits: [Curves]

    public init(fractions: [Float], exits: [Curves]) {
      self.fractions = fractions
      self.exits = exits
    }

    /// [samples, fractions] each.
    public struct Curves: Sendable, Equatable {
      /// Most attended pixels first.
      public var deletion: [Float]
      public var insertion: [Float]
      /// In random order, the mean over some orders.
      public var randomDeletion: [Float]
      public var randomInsertion: [Float]

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
    public var exits: [Removals]

    public init(fractions: [Float], exits: [Removals]) {
      self.fractions = fractions
      self.exits = exits
    }

    public struct Removals: Sendable, Equatable {
      public var mostRelevantFirst: Answers
      public var leastRelevantFirst: Answers

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
    public var exits: [Maps]

    public init(draws: Int, exits: [Maps]) {
      self.draws = draws
      self.exits = exits
    }

    public struct Maps: Sendable, Equatable {
      /// How many times one more part was made random; ExitLens: the exit's attention module, then one block after
      /// another from the exit's down to the first.
      public var stages: Int
      /// [draws, stages, samples, grid.height, grid.width].
      public var values: [Float]

      public init(stages: Int, values: [Float]) {
        self.stages = stages
        self.values = values
      }
    }
  }
}
