import CommandLineKit
import Foundation
import Recordings
import Training

/// Shows a training run: one moving line on a terminal, a plain line an epoch otherwise.
final class TrainingProgress {
  private let label: String
  private let clock = ContinuousClock()
  private var begun: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant
  private var epochs = 0
  private var firstEpoch = 0
  private var imagesPerEpoch = 0
  private var epochBegun: ContinuousClock.Instant

  init(label: String) {
    self.label = label
    begun = clock.now
    shown = begun
    epochBegun = begun
  }

  func handle(_ event: Trainer.Event) {
    switch event {
    case .started(let done, let epochs, let images):
      self.epochs = epochs
      firstEpoch = done
      imagesPerEpoch = images
      begun = clock.now
      epochBegun = begun
      if done > 0 { Console.line("\(label): \(done) of \(epochs) epochs were done before") }
    case .batch(let epoch, let images, let loss):
      guard Console.isTerminal, clock.now - shown > .milliseconds(200) else { return }
      shown = clock.now
      let done = Double((epoch - 1 - firstEpoch) * imagesPerEpoch + images)
      let rate = done / Decimals.seconds(clock.now - begun)
      let left = Double((epochs - firstEpoch) * imagesPerEpoch) - done
      let line =
        "\(label): epoch \(epoch)/\(epochs)  \(images)/\(imagesPerEpoch) images  "
        + "\(Decimals.fixed(rate, 0)) images/s  loss \(Decimals.fixed(loss, 4))  "
        + "\(Decimals.duration(left / max(rate, 1e-9))) left"
      Console.status(line)
    case .epoch(let row):
      Console.status("")
      let now = clock.now
      let rate = Double(imagesPerEpoch) / Decimals.seconds(now - epochBegun)
      epochBegun = now
      let left = Double((epochs - row.epoch) * imagesPerEpoch) / max(rate, 1e-9)
      Console.line(
        Self.line(label, row, of: epochs) + "  \(Decimals.fixed(rate, 0)) images/s  "
          + "\(Decimals.duration(left)) left")
    }
  }

  private static func line(
    _ label: String, _ row: Provenance.HistoryRow, of epochs: Int
  ) -> String {
    var text =
      "\(label): epoch \(row.epoch)/\(epochs)  loss \(Decimals.fixed(row.loss, 4))  "
      + "1−cos \(Decimals.fixed(row.consistencyLoss, 4))  lr \(row.learningRate)"
    if let first = row.validationAccuracy.first, let last = row.validationAccuracy.last {
      text +=
        "  validation exit 1 \(Decimals.fixed(100 * first, 1)) %, final \(Decimals.fixed(100 * last, 1)) %"
    }
    return text
  }
}
