import Datasets
import Network
import Recordings

extension RunManifest {
  /// Every option as a report prints it, in a fixed order.
  var settings: [Provenance.Setting] {
    let loss = configuration.loss
    func list(_ weights: [Double]?) -> String {
      weights.map { $0.map { "\($0)" }.joined(separator: ", ") } ?? "equal"
    }
    let data = configuration.data
    let rows: [(String, String)] = [
      (Self.sourceName, configuration.source), ("classes", data.classes.text),
      ("training images asked for", data.trainingCount.map { "\($0)" } ?? "all"),
      ("test images asked for", data.testCount.map { "\($0)" } ?? "all"),
      ("colours", data.colorMode.rawValue),
      ("network input", "\(network.input), \(network.channels) channel(s)"),
      ("block widths", network.widths.map { "\($0)" }.joined(separator: ", ")),
      ("attention", network.attention.rawValue),
      ("loss", "mean of the exits' cross-entropies + λ · mean of (1 − cosine) over early exits"),
      ("λ", "\(loss.lambda)"),
      ("λ warm-up", "\(configuration.lambdaWarmup) epochs"),
      ("stop-gradient on the final map", loss.stopGradient ? "yes" : "no"),
      ("alignment grid", loss.alignmentGrid.rawValue),
      ("exit weights", list(loss.exitWeights)),
      ("consistency weights", list(loss.consistencyWeights)),
      ("optimiser", "Adam, β 0.9 and 0.999, ε 1e-8"),
      ("learning rate", "\(configuration.schedule.initial)"),
      (
        "learning-rate schedule",
        "× \(configuration.schedule.factor) every \(configuration.schedule.every) epochs"
      ),
      ("epochs", "\(configuration.epochs)"),
      ("batch size", "\(configuration.batchSize)"),
      ("seed", "\(configuration.seed)"),
      ("data seed", "\(data.seed)"),
      ("validation fraction of training", "\(data.validationFraction)"),
      ("test fraction where the data have no test part", "\(data.testFraction)"),
      ("weights used", "those after the last epoch"),
      (Self.commandName, command),
    ]
    return rows.map { Provenance.Setting($0.0, $0.1) }
  }

  private static let sourceName = "data"
  private static let commandName = "training command"

  /// The first option that differs, as "λ 0.5 instead of 0.3". Where the data lie does not count: their
  /// hash says what they are.
  func settingsDifference(from other: RunManifest) -> String? {
    for (mine, theirs) in zip(settings, other.settings)
    where mine != theirs && ![Self.sourceName, Self.commandName].contains(mine.name) {
      return "\(theirs.name) \(theirs.value) instead of \(mine.value)"
    }
    return nil
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
      Provenance.Setting("CPU", cpu), Provenance.Setting("threads", "\(threads)"),
      Provenance.Setting("BLAS core", "\(blasCore) (\(chooser))"),
      Provenance.Setting("BLAS library", blasLibrary), Provenance.Setting("compiler", compiler),
      Provenance.Setting("operating system", operatingSystem),
    ]
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
