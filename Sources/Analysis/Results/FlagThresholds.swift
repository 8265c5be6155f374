/// Where a number becomes a warning, and why there.
enum FlagThresholds {
  /// Fewer seeds a model say nothing about the spread between seeds: baselines differ by 0.2 in mean cosine
  /// from seed to seed (docs/RESULTS.md), as much as an effect.
  static let seeds = 3
  /// Two unrelated maps of spread s have a cosine of 1 / (1 + s²): 0.99 at 0.1, where cosine has stopped
  /// telling maps apart. Sigmoid attention lies at 0.001–0.02, softmax above 0.3.
  static let collapsedSpread = 0.1
  /// How far a row of probabilities may sum to from 1: half precision over 1,000 classes stays within it, and rows of
  /// logits that all lie in 0…1 and all sum to 1 by chance do not exist.
  static let probabilitySum = 0.01
  /// From this share on copies are no accident of a data set (CIFAR-10's test part has 0.1 %, MNIST's none) but of how
  /// the recording was made: one batch again and again, one image for all.
  static let repeatedShare = 0.5
  /// Mean centred correlation of one exit's maps of different images. In 20 softmax networks on Fashion-MNIST-9,
  /// radar-kkt4 and clothing-small it was 0.03 to 0.86 at most exits, and 0.93 to 1.000 where training had locked
  /// attention onto one place whatever the image (final exits of one baseline and three EGT runs).
  static let sameMap = 0.9
  /// A final map that keeps less than this share of the baseline's spread has moved towards its students; seeds
  /// differ by about 5 %.
  static let flattenedShare = 0.8
  /// With fewer images, a Wilson interval of a class's accuracy is wider than 0.5.
  static let classSize = 10
  /// How much further EGT's debiased ECE must lie above the baseline's, beside an interval above 0. Baseline
  /// seeds on Fashion-MNIST-9 differ by 0.012 at an exit (standard deviation, 3 seeds), so two single runs differ by 0.016
  /// for no reason; and two points of confidence move no exit threshold that anyone would set.
  static let calibrationError = 0.02
  /// With fewer images, intervals of faithfulness are too wide for "no better than random order" to mean anything: on
  /// 200 radar images half-widths are 0.02 to 0.04, on 30 about 0.1, a quarter of what good maps reach.
  static let faithfulnessSamples = 30
}
