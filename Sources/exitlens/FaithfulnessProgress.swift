import CommandLineKit

/// Shows how far the faithfulness of maps has been measured, and at the end how long it took.
final class FaithfulnessProgress {
  private let clock = ContinuousClock()
  private var begun: ContinuousClock.Instant?

  /// Told (0, all images) first and (all, all) last.
  func handle(_ done: Int, _ total: Int) {
    let begun = begun ?? clock.now
    self.begun = begun
    Console.status(done == total ? "" : "faithfulness: \(done)/\(total) images")
    guard done == total else { return }
    let seconds = Decimals.seconds(clock.now - begun)
    Console.line(
      "faithfulness: \(total) images, as many of each class as its share, evenly spaced in recording "
        + "order; \(Decimals.fixed(seconds, 1)) s")
  }
}
