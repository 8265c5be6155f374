import Recordings

/// The rows of `history.csv`, one an epoch.
public struct TrainingHistory: Sendable, Codable, Equatable {
  public var rows: [Provenance.HistoryRow]

  public init(rows: [Provenance.HistoryRow] = []) { self.rows = rows }

  /// Columns: epoch, learning_rate, lambda, loss, consistency_loss, then per exit ce_K, training_accuracy_K and
  /// validation_accuracy_K (empty without a validation part), K from 1 as in reports.
  public func csv(exits: Int) -> String {
    let perExit = ["ce", "training_accuracy", "validation_accuracy"].flatMap { name in
      (1...exits).map { "\(name)_\($0)" }
    }
    var text =
      (["epoch", "learning_rate", "lambda", "loss", "consistency_loss"] + perExit)
      .joined(separator: ",") + "\n"
    for row in rows {
      var cells = ["\(row.epoch)", "\(row.learningRate)", "\(row.lambda)", "\(row.loss)"]
      cells.append("\(row.consistencyLoss)")
      cells += row.crossEntropy.map { "\($0)" }
      cells += row.trainingAccuracy.map { "\($0)" }
      cells +=
        row.validationAccuracy.isEmpty
        ? [String](repeating: "", count: exits) : row.validationAccuracy.map { "\($0)" }
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }
}
