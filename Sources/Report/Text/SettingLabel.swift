import Recordings

extension Provenance.Setting {
  /// As pages and tables print its name. What another program wrote is shown as given.
  var label: String {
    switch name {
    case .known(let key): key.label
    case .free(let name): name
    }
  }
}

extension SettingKey {
  var label: String {
    switch self {
    case .dataSource: "Data given as"
    case .classes: "Classes"
    case .trainingCount: "Training images asked for"
    case .testCount: "Test images asked for"
    case .colorMode: "Colours"
    case .networkInput: "Network input"
    case .architecture: "Architecture"
    case .blockWidths: "Block widths"
    case .loss: "Loss"
    case .consistencyTarget: "Consistency target"
    case .alignmentGrid: "Alignment grid"
    case .exitWeights: "Exit weights"
    case .consistencyWeights: "Consistency weights"
    case .adaptiveWeights: "Adaptive weights"
    case .lambdaWarmup: "λ warm-up"
    case .optimizer: "Optimiser"
    case .learningRate: "Learning rate"
    case .learningRateSchedule: "Learning-rate schedule"
    case .epochs: "Epochs"
    case .batchSize: "Batch size"
    case .dataSeed: "Data seed"
    case .validationFraction: "Validation fraction of training"
    case .testFraction: "Test fraction where the data have no test part"
    case .weightsUsed: "Weights used"
    case .trainingCommand: "Training command"
    }
  }
}
