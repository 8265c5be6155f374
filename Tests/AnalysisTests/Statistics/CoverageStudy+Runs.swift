import Analysis
import Foundation
import TensorCore
import TestSupport

extension CoverageStudy {
  /// Runs and images are crossed: x = run effect + image effect + both together, normal each. EGT − baseline, true
  /// difference 0; deviations in units of the image effect's.
  struct Runs: Sendable {
    var count: Int
    var areMatched: Bool
    /// Standard deviation between runs and of what run and image make together.
    var run: Double
    var interaction: Double
    var images: Int

    var words: String {
      "\(count) \(areMatched ? "pairs" : "+ \(count) runs"), SD of runs \(run), of run × image "
        + "\(interaction), n = \(images)"
    }
  }

  static func widened(_ runs: Runs, resamples: Int) -> Case {
    Case(interval: "Over images and runs (difference)", data: runs.words) { experiments, seed in
      share(experiments, seed) { generator in
        let data = Sample(runs, &generator)
        let distribution = data.images(resamples, &generator)
        return holds(
          RunComponent.widen(
            { distribution.estimate(alpha: $0) }, by: data.components,
            range: -Double.infinity...Double.infinity), 0)
      }
    }
  }

  static func nested(_ runs: Runs, resamples: Int) -> Case {
    Case(interval: "Nested bootstrap, percentiles (difference)", data: runs.words) {
      experiments, seed in
      share(experiments, seed) { generator in
        let data = Sample(runs, &generator)
        let nested = data.nested(resamples, &generator)
        return holds(nested.percentiles.map { Estimate(0, low: $0.low, high: $0.high) }, 0)
      }
    }
  }

  /// One arm's accuracy: Wilson's interval over images, widened by the runs. A run's skill is uniform about 0.8 ± 0.03,
  /// an image's difficulty ± 0.15 about it.
  static func accuracyOfRuns(count: Int, images: Int) -> Case {
    Case(
      interval: "Over images and runs (accuracy)",
      data: "\(count) runs, share 0.80 ± 0.03 between runs, n = \(images)"
    ) { experiments, seed in
      share(experiments, seed) { generator in
        let difficulty = (0..<images).map { _ in generator.uniform(-0.15, 0.15) }
        let runs = (0..<count).map { _ in
          let skill = generator.uniform(-0.03, 0.03)
          return difficulty.map { generator.uniform() < 0.8 + skill + $0 ? 1.0 : 0 }
        }
        let shares = (0..<images).map { image in
          runs.reduce(0) { $0 + $1[image] } / Double(count)
        }
        return holds(
          RunComponent.widen(
            { WilsonInterval.estimate(meanOf: shares, alpha: $0) },
            by: [RunComponent(runs.map { RunNumber([Column($0)])! })], range: 0...1), 0.8)
      }
    }
  }

  private struct Sample {
    let runs: Runs
    /// [run][image]
    let baseline: [[Double]]
    let egt: [[Double]]

    init(_ runs: Runs, _ generator: inout SeededGenerator) {
      self.runs = runs
      func arm(_ generator: inout SeededGenerator) -> [[Double]] {
        let images = (0..<runs.images).map { _ in generator.normal() }
        return (0..<runs.count).map { _ in
          let run = runs.run * generator.normal()
          return images.map { $0 + run + runs.interaction * generator.normal() }
        }
      }
      baseline = arm(&generator)
      egt = arm(&generator)
    }

    private var design: RunDesign {
      let seeds = (0..<runs.count).map { UInt64?(UInt64($0)) }
      return RunDesign(reference: seeds, model: runs.areMatched ? seeds : seeds.map { $0! + 100 })
    }

    var components: [RunComponent] {
      let numbers = (
        baseline.map { RunNumber([Column($0)])! }, egt.map { RunNumber([Column($0)])! }
      )
      return runs.areMatched
        ? [RunComponent(zip(numbers.1, numbers.0).map { $0 - $1 })]
        : [RunComponent(numbers.0), RunComponent(numbers.1)]
    }

    func images(_ resamples: Int, _ generator: inout SeededGenerator) -> BootstrapDistribution {
      let differences = (0..<runs.images).map { image -> Double in
        let sum: Double = (0..<runs.count).reduce(0) { $0 + egt[$1][image] - baseline[$1][image] }
        return sum / Double(runs.count)
      }
      var bootstrap = Bootstrap(
        sampleCount: runs.images, resamples: resamples, seed: generator.next())
      let place = bootstrap.ask(forAverageOf: [bootstrap.add(differences)!])
      return bootstrap.run()[place]
    }

    func nested(_ resamples: Int, _ generator: inout SeededGenerator) -> BootstrapDistribution {
      var bootstrap = Bootstrap(
        sampleCount: runs.images, resamples: resamples, seed: generator.next(), design: design)
      let numbers = (
        baseline.map { [bootstrap.add($0)!] }, egt.map { [bootstrap.add($0)!] }
      )
      let place = bootstrap.ask(forNested: .init(reference: numbers.0, model: numbers.1))
      return bootstrap.run()[place]
    }
  }
}
