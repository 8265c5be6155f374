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
      let rate = done / Self.seconds(clock.now - begun)
      let left = Double((epochs - firstEpoch) * imagesPerEpoch) - done
      let line =
        "\(label): epoch \(epoch)/\(epochs)  \(images)/\(imagesPerEpoch) images  "
        + "\(Self.fixed(rate, 0)) images/s  loss \(Self.fixed(loss, 4))  "
        + "\(Self.duration(left / max(rate, 1e-9))) left"
      Console.status(line)
    case .epoch(let row):
      Console.status("")
      let now = clock.now
      let rate = Double(imagesPerEpoch) / Self.seconds(now - epochBegun)
      epochBegun = now
      let left = Double((epochs - row.epoch) * imagesPerEpoch) / max(rate, 1e-9)
      Console.line(
        Self.line(label, row, of: epochs) + "  \(Self.fixed(rate, 0)) images/s  "
          + "\(Self.duration(left)) left")
    }
  }

  private static func line(
    _ label: String, _ row: Provenance.HistoryRow, of epochs: Int
  ) -> String {
    var text =
      "\(label): epoch \(row.epoch)/\(epochs)  loss \(fixed(row.loss, 4))  "
      + "1−cos \(fixed(row.consistencyLoss, 4))  lr \(row.learningRate)"
    if let first = row.validationAccuracy.first, let last = row.validationAccuracy.last {
      text += "  validation exit 1 \(fixed(100 * first, 1)) %, final \(fixed(100 * last, 1)) %"
    }
    return text
  }

  static func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
  }

  static func fixed(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    if whole >= 3600 { return "\(whole / 3600) h \(whole % 3600 / 60) min" }
    if whole >= 60 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole) s"
  }
}
