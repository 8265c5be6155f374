import Glibc

/// PyTorch's StepLR: the learning rate falls by a factor every so many epochs.
package struct StepSchedule: Sendable, Codable, Equatable {
  /// The learning rate before the first fall.
  package var initial: Double
  /// Epochs between two falls, at least 1.
  package var every: Int
  /// What each fall multiplies the rate by, above 0, at most 1.
  package var factor: Double

  /// The paper's: 0.001, halved every 15 epochs.
  package init(initial: Double = 1e-3, every: Int = 15, factor: Double = 0.5) {
    self.initial = initial
    self.every = every
    self.factor = factor
  }

  /// The learning rate of an epoch, from 0.
  package func rate(epoch: Int) -> Double {
    initial * pow(factor, Double(epoch / every))
  }
}
