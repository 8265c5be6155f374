import Datasets
import Network
import Recordings

extension RunManifest {
  /// Every option as a report prints it, in a fixed order.
  var settings: [Provenance.Setting] {
    let configuration = configuration
    let loss = configuration.loss
    func list(_ weights: [Double]?) -> String {
      weights.map { $0.map { "\($0)" }.joined(separator: ", ") } ?? "equal"
    }
    let rows: [(String, String)] = [
      ("data", configuration.source),
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
      ("data seed", "\(configuration.data.seed)"),
      ("validation fraction of training", "\(configuration.data.validationFraction)"),
      ("weights used", "those after the last epoch"),
      ("training command", command),
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
      Provenance.Setting("CPU", cpu), Provenance.Setting("threads", "\(threads)"),
      Provenance.Setting("BLAS core", "\(blasCore) (\(chooser))"),
      Provenance.Setting("BLAS library", blasLibrary), Provenance.Setting("compiler", compiler),
      Provenance.Setting("operating system", operatingSystem),
    ]
  }
}
