import FileKit
import Recordings

/// The rows of `history.csv`, one an epoch.
package struct TrainingHistory: Sendable, Codable, Equatable {
  /// The row of epoch N, from 1, has index N − 1.
  package var rows: [Provenance.HistoryRow]

  /// The rows of epochs 1, 2, … in order; none before training starts.
  package init(rows: [Provenance.HistoryRow] = []) { self.rows = rows }

  /// Columns: epoch, learning_rate, lambda, loss, consistency_loss, then per exit ce_K, training_accuracy_K and
  /// validation_accuracy_K (empty without a validation part), K from 1 as in reports.
  package func csv(exits: Int) -> String {
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

  /// Refuses a history that is not that of a run: one row an epoch, one number an exit.
  func validate(of manifest: RunManifest) throws(ValueProblem) {
    let (epochs, exits) = (manifest.configuration.epochs, manifest.network.exitCount)
    try ValueCheck.whole("rows", rows.count, 0...epochs)
    for (index, row) in rows.enumerated() {
      let place = "rows[\(index)]"
      try ValueCheck.same("\(place).epoch", row.epoch, as: index + 1, "its place")
      for (key, values, mayBeEmpty) in [
        ("crossEntropy", row.crossEntropy, false),
        ("trainingAccuracy", row.trainingAccuracy, false),
        ("validationAccuracy", row.validationAccuracy, true),
      ] where !(mayBeEmpty && values.isEmpty) {
        try ValueCheck.count("\(place).\(key)", values.count, exits, of: "numbers, one an exit")
      }
      for (key, values) in [
        ("trainingAccuracy", row.trainingAccuracy), ("validationAccuracy", row.validationAccuracy),
      ] {
        for (exit, value) in values.enumerated() {
          try ValueCheck.number("\(place).\(key)[\(exit)]", value, 0...1)
        }
      }
    }
  }
}
