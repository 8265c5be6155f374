/// The settings of a training that ExitLens knows, as `provenance.settings` of a recording spells them.
///
/// Every check that depends on a setting goes by its key and its role. What people read instead of a key stands in
/// Report and nowhere else, so that a better word there switches no check off.
public enum SettingKey: String, Sendable, Codable, CaseIterable {
  /// DATA as given on the command line.
  case dataSource
  /// Which of the data's classes were used.
  case classes
  /// How many training images were asked for.
  case trainingCount
  /// How many test images were asked for.
  case testCount
  case colorMode

  /// Height × width, and channels.
  case networkInput
  case architecture
  /// Channels of each block.
  case blockWidths

  /// The whole loss in words.
  case loss
  /// The exit whose map an early exit follows.
  case consistencyTarget
  /// The grid on which the loss compares maps.
  case alignmentGrid
  /// Of the exits' cross-entropies.
  case exitWeights
  /// Of the early exits' consistency terms.
  case consistencyWeights
  /// Whether each batch weighs the exits' consistency terms by their size.
  case adaptiveWeights
  /// Epochs over which λ rises to its full value.
  case lambdaWarmup

  case optimizer
  /// Of the first epoch.
  case learningRate
  case learningRateSchedule
  case epochs
  case batchSize

  /// Seeds the split into parts; the seed of the training is a field of its own.
  case dataSeed
  /// Share of the training images that became the validation part.
  case validationFraction
  /// Share of the images that became the test part, where the data have none.
  case testFraction
  /// Of which epoch.
  case weightsUsed
  /// The command that trained; `Provenance.command` is the one that recorded.
  case trainingCommand

  /// What it takes part in when trainings are compared.
  public var role: SettingRole {
    switch self {
    case .dataSource, .trainingCommand: .place
    case .loss: .summary
    case .consistencyTarget, .alignmentGrid, .consistencyWeights, .adaptiveWeights, .lambdaWarmup:
      .consistencyTerm
    // Another seed of the data is another training part, unlike another seed of the training.
    case .dataSeed, .validationFraction, .testFraction, .classes, .trainingCount, .testCount,
      .colorMode:
      .training
    case .networkInput, .architecture, .blockWidths, .exitWeights, .optimizer, .learningRate,
      .learningRateSchedule, .epochs, .batchSize, .weightsUsed:
      .training
    }
  }
}

/// What a setting means for a comparison of two trainings.
public enum SettingRole: Sendable {
  /// With another value it is another training, or one on other images.
  case training
  /// The same, but only where there is a consistency term: without one (λ = 0) the value changes nothing.
  case consistencyTerm
  /// Says in words, for readers, what other settings and λ say.
  case summary
  /// Where something lay, which may differ between repetitions of one training.
  case place
  /// What repetitions of one training differ in.
  case seed
}
