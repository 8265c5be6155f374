import Datasets
import Network
import Recordings

extension RunManifest {
  /// The options that a recording has no field for, as a report prints them, in a fixed order.
  var settings: [Provenance.Setting] {
    let data = configuration.data
    let dataAndNetwork: [(String, String)] = [
      (Self.sourceName, configuration.source), ("Classes", data.classes.text),
      ("Training images asked for", data.trainingCount.map { "\($0)" } ?? "all"),
      ("Test images asked for", data.testCount.map { "\($0)" } ?? "all"),
      ("Colours", data.colorMode.rawValue),
      ("Network input", "\(network.input), \(network.channels) channel(s)"),
      ("Architecture", network.architecture.words),
      ("Block widths", network.widths.map { "\($0)" }.joined(separator: ", ")),
    ]
    let training: [(String, String)] = [
      ("λ warm-up", "\(configuration.lambdaWarmup) epochs"),
      ("Optimiser", "Adam, β 0.9 and 0.999, ε 1e-8"),
      ("Learning rate", "\(configuration.schedule.initial)"),
      (
        "Learning-rate schedule",
        "× \(configuration.schedule.factor) every \(configuration.schedule.every) epochs"
      ),
      ("Epochs", "\(configuration.epochs)"),
      ("Batch size", "\(configuration.batchSize)"),
      ("Data seed", "\(data.seed)"),
      ("Validation fraction of training", "\(data.validationFraction)"),
      ("Test fraction where the data have no test part", "\(data.testFraction)"),
      ("Weights used", "those after the last epoch"),
      (Self.commandName, command),
    ]
    func settings(_ rows: [(String, String)]) -> [Provenance.Setting] {
      rows.map { Provenance.Setting($0.0, $0.1) }
    }
    return settings(dataAndNetwork) + configuration.loss.settings + settings(training)
  }

  private static let sourceName = "Data given as"
  private static let commandName = "Training command"

  /// The first option that differs, as "λ 0.5 instead of 0.3". Where the data lie does not count: their
  /// hash says what they are.
  func settingsDifference(from other: RunManifest) -> String? {
    for (mine, theirs) in zip(everySetting, other.everySetting)
    where mine != theirs && ![Self.sourceName, Self.commandName].contains(mine.name) {
      return "\(theirs.name) \(theirs.value) instead of \(mine.value)"
    }
    return nil
  }

  /// Those of a recording's own fields too.
  private var everySetting: [Provenance.Setting] {
    [
      Provenance.Setting("λ", "\(configuration.loss.lambda)"),
      Provenance.Setting("stop-gradient", configuration.loss.stopGradient ? "yes" : "no"),
      Provenance.Setting("attention", configuration.attention.rawValue),
      Provenance.Setting("seed", "\(configuration.seed)"),
    ] + settings
  }
}

extension MachineDescription {
  /// As a report prints it.
  public var settings: [Provenance.Setting] {
    let chooser =
      switch blasChosenBy {
      case "user": "set by OPENBLAS_CORETYPE"
      case "exitlens": "chosen by exitlens from the CPU's features"
      default: "OpenBLAS's own choice"
      }
    return [
      Provenance.Setting("CPU", cpu), Provenance.Setting("Threads", "\(threads)"),
      Provenance.Setting("BLAS core", "\(blasCore) (\(chooser))"),
      Provenance.Setting("BLAS library", blasLibrary),
      Provenance.Setting("Vector instructions", vectorInstructions),
      Provenance.Setting("Compiler", compiler),
      Provenance.Setting("Operating system", operatingSystem),
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
