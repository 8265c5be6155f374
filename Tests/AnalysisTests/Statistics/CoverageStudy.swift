import Analysis
import Foundation
import TensorCore

/// How often intervals hold the truth of simulated data.
enum CoverageStudy {
  /// One kind of interval under one simulation.
  struct Case: Sendable {
    var interval: String
    var data: String
    /// The share of experiments whose interval holds the truth.
    var coverage: @Sendable (_ experiments: Int, _ seed: UInt64) -> Double
  }

  /// Counts hits over independent experiments, each with a generator of its own.
  static func share(
    _ experiments: Int, _ seed: UInt64,
    _ holds: @Sendable (inout SeededGenerator) -> Bool
  ) -> Double {
    let hits = ParallelLoop.map(experiments) { number in
      var generator = SeededGenerator(seed: seed, stream: UInt64(number))
      return holds(&generator)
    }
    return Double(hits.count { $0 }) / Double(experiments)
  }

  static func holds(_ estimate: Estimate?, _ truth: Double) -> Bool {
    guard let low = estimate?.low, let high = estimate?.high else { return false }
    return low <= truth && truth <= high
  }

  // MARK: Shares

  static func wilson(share: Double, images: Int) -> Case {
    Case(interval: "Wilson, one run", data: "share \(share), n = \(images)") { experiments, seed in
      Self.share(experiments, seed) { generator in
        let right = (0..<images).count { _ in generator.uniform() < share }
        return holds(WilsonInterval.estimate(right, of: images), share)
      }
    }
  }

  /// Three runs; an image's difficulty, uniform about `share`, makes their answers alike.
  static func wilsonOfRuns(share: Double, images: Int) -> Case {
    Case(
      interval: "Wilson, 3 runs held fixed", data: "share \(share), n = \(images)"
    ) { experiments, seed in
      Self.share(experiments, seed) { generator in
        let width = min(share, 1 - share)
        let shares = (0..<images).map { _ in
          let chance = generator.uniform(share - width, share + width)
          return Double((0..<3).count { _ in generator.uniform() < chance }) / 3
        }
        return holds(WilsonInterval.estimate(meanOf: shares), share)
      }
    }
  }

  /// Two models that answer alike on `common` of the images, and differ in skill by 4 points.
  static func pairedShares(images: Int, common: Double) -> Case {
    Case(
      interval: "Difference of shares (Bonett and Price)",
      data: "shares 0.80 and 0.84, alike on \(common), n = \(images)"
    ) { experiments, seed in
      Self.share(experiments, seed) { generator in
        let differences = (0..<images).map { _ -> Double in
          let first = generator.uniform()
          let second = generator.uniform() < common ? first : generator.uniform()
          return (second < 0.84 ? 1 : 0) - (first < 0.80 ? 1 : 0)
        }
        return holds(PairedShares(differences).estimate, 0.04)
      }
    }
  }

  // MARK: Means

  enum Shape: String, Sendable {
    case normal
    case cosine = "cosine of an angle uniform on 0…0.7"
    case exponential
    case laplace = "Laplace (heavy tails)"

    func draw(_ generator: inout SeededGenerator) -> Double {
      switch self {
      case .normal: generator.normal()
      case .cosine: cos(generator.uniform(0, 0.7))
      case .exponential: -log(1 - generator.uniform())
      case .laplace: log(1 - generator.uniform()) - log(1 - generator.uniform())
      }
    }

    var mean: Double {
      switch self {
      case .normal, .laplace: 0
      case .cosine: sin(0.7) / 0.7
      case .exponential: 1
      }
    }
  }

  static func mean(_ shape: Shape, images: Int, resamples: Int) -> Case {
    Case(interval: "Mean (BCa bootstrap)", data: "\(shape.rawValue), n = \(images)") {
      experiments, seed in
      Self.share(experiments, seed) { generator in
        let values = (0..<images).map { _ in shape.draw(&generator) }
        return holds(bootstrap(resamples, &generator, [values]), shape.mean)
      }
    }
  }

  /// Cosines of angles of which half is common to both arms.
  static func difference(images: Int, resamples: Int) -> Case {
    Case(
      interval: "Paired difference (BCa bootstrap)",
      data: "correlated cosines, n = \(images)"
    ) { experiments, seed in
      Self.share(experiments, seed) { generator in
        let differences = (0..<images).map { _ -> Double in
          let common = generator.uniform(0, 0.7)
          let first = cos(common + generator.uniform(0, 0.7))
          return cos(common + generator.uniform(0, 0.7)) - first
        }
        return holds(bootstrap(resamples, &generator, [differences]), 0)
      }
    }
  }

  static func standardised(images: Int, resamples: Int) -> Case {
    Case(interval: "Effect size d_z (BCa bootstrap)", data: "normal, d = 0.4, n = \(images)") {
      experiments, seed in
      Self.share(experiments, seed) { generator in
        let values = (0..<images).map { _ in 0.4 + generator.normal() }
        var bootstrap = Bootstrap(
          sampleCount: images, resamples: resamples, seed: generator.next())
        let place = bootstrap.ask(forStandardisedMeanOf: bootstrap.add(values)!)
        return holds(bootstrap.run()[place].estimate, 0.4)
      }
    }
  }

  private static func bootstrap(
    _ resamples: Int, _ generator: inout SeededGenerator, _ series: [[Double]]
  ) -> Estimate {
    var bootstrap = Bootstrap(
      sampleCount: series[0].count, resamples: resamples, seed: generator.next())
    let numbers = series.map { bootstrap.add($0)! }
    let place = bootstrap.ask(forAverageOf: numbers)
    return bootstrap.run()[place].estimate
  }
}
