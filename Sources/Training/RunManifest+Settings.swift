import Datasets
import Network
import Recordings

extension RunManifest {
  /// The options that a recording has no field for, in a fixed order; every `SettingKey` once.
  var settings: [Provenance.Setting] {
    let data = configuration.data
    let dataAndNetwork: [Provenance.Setting] = [
      .init(.dataSource, configuration.source), .init(.classes, data.classes.text),
      .init(.trainingCount, data.trainingCount.map { "\($0)" } ?? "all"),
      .init(.testCount, data.testCount.map { "\($0)" } ?? "all"),
      .init(.colorMode, data.colorMode.rawValue),
      .init(.networkInput, "\(network.input), \(network.channels) channel(s)"),
      .init(.architecture, network.architecture.words),
      .init(.blockWidths, network.widths.map { "\($0)" }.joined(separator: ", ")),
    ]
    let training: [Provenance.Setting] = [
      .init(.lambdaWarmup, "\(configuration.lambdaWarmup) epochs"),
      .init(.optimizer, "Adam, β 0.9 and 0.999, ε 1e-8"),
      .init(.learningRate, "\(configuration.schedule.initial)"),
      .init(
        .learningRateSchedule,
        "× \(configuration.schedule.factor) every \(configuration.schedule.every) epochs"),
      .init(.epochs, "\(configuration.epochs)"),
      .init(.batchSize, "\(configuration.batchSize)"),
      .init(.dataSeed, "\(data.seed)"),
      .init(.validationFraction, "\(data.validationFraction)"),
      .init(.testFraction, "\(data.testFraction)"),
      .init(.weightsUsed, "those after the last epoch"),
      .init(.trainingCommand, command),
    ]
    return dataAndNetwork + configuration.loss.settings + training
  }

  /// The first option that differs, as "λ 0.5 instead of 0.3". Where the data lie does not count: their
  /// hash says what they are.
  func settingsDifference(from other: RunManifest) -> String? {
    for (mine, theirs) in zip(everySetting, other.everySetting) where mine.value != theirs.value {
      return "\(theirs.name) \(theirs.value) instead of \(mine.value)"
    }
    return nil
  }

  /// All that makes another run: those of a recording's own fields too.
  private var everySetting: [(name: String, value: String)] {
    [
      ("λ", "\(configuration.loss.lambda)"),
      ("stop-gradient", configuration.loss.stopGradient ? "yes" : "no"),
      ("attention", configuration.attention.rawValue),
      ("seed", "\(configuration.seed)"),
    ] + settings.filter { $0.role != .place }.map { ($0.spelling, $0.value) }
  }
}

extension MachineDescription {
  /// As a report prints it.
  package var settings: [Provenance.Entry] {
    let chooser =
      switch blasChosenBy {
      case "user": "set by OPENBLAS_CORETYPE"
      case "exitlens": "chosen by exitlens from the CPU's features"
      default: "OpenBLAS's own choice"
      }
    return [
      Provenance.Entry("CPU", cpu), Provenance.Entry("Threads", "\(threads)"),
      Provenance.Entry("BLAS core", "\(blasCore) (\(chooser))"),
      Provenance.Entry("BLAS library", blasLibrary),
      Provenance.Entry("Vector instructions", vectorInstructions),
      Provenance.Entry("Compiler", compiler),
      Provenance.Entry("Operating system", operatingSystem),
    ]
  }
}

extension Architecture {
  /// As a report prints it.
  fileprivate var words: String {
    switch self {
    case .plain: "plain: conv 3×3 – BN – ReLU a block"
    case .residual:
      "residual: conv 3×3 – BN – ReLU – conv 3×3 – BN plus the block's input, – ReLU"
    case .separable:
      "separable: depthwise 3×3 – BN – ReLU – pointwise 1×1 – BN – ReLU; the first block is plain"
    }
  }
}

extension DatasetOptions.ClassSelection {
  /// As a report prints it.
  fileprivate var text: String {
    switch self {
    case .all: "all"
    case .first(let count): "the first \(count)"
    case .named(let names): names.joined(separator: ", ")
    }
  }
}
