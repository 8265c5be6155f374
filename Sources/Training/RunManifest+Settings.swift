import Datasets
import Network
import Recordings

extension RunManifest {
  /// The options that a recording has no field for, as a report prints them, in a fixed order.
  var settings: [Provenance.Setting] {
    let configuration = configuration
    let loss = configuration.loss
    func list(_ weights: [Double]?) -> String {
      weights.map { $0.map { "\($0)" }.joined(separator: ", ") } ?? "equal"
    }
    let rows: [(String, String)] = [
      ("Data given as", configuration.source),
      ("Network input", "\(network.input), \(network.channels) channel(s)"),
      ("Block widths", network.widths.map { "\($0)" }.joined(separator: ", ")),
      ("Loss", "mean of the exits' cross-entropies + λ · mean of (1 − cosine) over early exits"),
      ("λ warm-up", "\(configuration.lambdaWarmup) epochs"),
      ("Alignment grid", loss.alignmentGrid.rawValue),
      ("Exit weights", list(loss.exitWeights)),
      ("Consistency weights", list(loss.consistencyWeights)),
      ("Optimiser", "Adam, β 0.9 and 0.999, ε 1e-8"),
      ("Learning rate", "\(configuration.schedule.initial)"),
      (
        "Learning-rate schedule",
        "× \(configuration.schedule.factor) every \(configuration.schedule.every) epochs"
      ),
      ("Epochs", "\(configuration.epochs)"),
      ("Batch size", "\(configuration.batchSize)"),
      ("Data seed", "\(configuration.data.seed)"),
      ("Validation fraction of training", "\(configuration.data.validationFraction)"),
      ("Weights used", "those after the last epoch"),
      ("Training command", command),
    ]
    return rows.map { Provenance.Setting($0.0, $0.1) }
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
      Provenance.Setting("BLAS library", blasLibrary), Provenance.Setting("Compiler", compiler),
      Provenance.Setting("Operating system", operatingSystem),
    ]
  }
}
