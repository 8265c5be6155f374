import Analysis
import Recordings
import TensorCore
import TestSupport

/// A small audit made by hand: recordings whose maps, logits and images come from a seed, and numbers
/// that a page can print. The numbers are not computed from the maps; Analysis has its own tests.
struct SyntheticAudit {
  var result: AuditResult
  var baseline: [Recording]
  var egt: [Recording]
  /// Of further models.
  var others: [[Recording]] = []

  /// [model][training run]
  var recordings: [[Recording]] { [baseline, egt] + others }

  /// Gives the second model the first name, and adds copies of it with the others.
  mutating func add(models names: [String]) {
    result.models[1].name = names[0]
    for name in names.dropFirst() {
      var model = result.models[1]
      (model.name, model.index) = (name, result.models.count)
      var comparison = result.comparisons[0]
      comparison.model = model.index
      result.models.append(model)
      result.comparisons.append(comparison)
      others.append(egt)
      for index in result.samples.indices {
        result.samples[index].models.append(result.samples[index].models[1])
        result.samples[index].deltas.append(result.samples[index].deltas[1])
        result.samples[index].finalCosines.append(result.samples[index].finalCosines[1])
      }
      for place in Place.all(exitCount: 5) + result.classes.flatMap({ Self.places(of: $0) }) {
        for measure in Measure.all {
          result.numbers[measure, place, .model(model.index)] =
            result.numbers[measure, place, .model(1)]
          result.numbers[measure, place, .difference(model.index)] =
            result.numbers[measure, place, .difference(1)]
        }
      }
    }
  }

  static let grids = [16, 8, 4, 4, 4].map { GridSize(height: $0, width: $0) }

  init(
    samples: Int = 30, classNames: [String] = ["circle", "square", "star"], size: Int = 16,
    channels: Int = 3, dataName: String? = "shapes", identifiers: [String]? = nil
  ) {
    var random = SeededGenerator(seed: 7, stream: "synthetic audit")
    let input = GridSize(height: size, width: size)
    let labels = (0..<samples).map { $0 % classNames.count }
    let images = labels.flatMap { label in
      Self.photo(of: label, size: size, channels: channels, &random)
    }
    func recording(lambda: Double) -> Recording {
      Recording(
        manifest: RecordingManifest(
          classNames: classNames, input: input, channels: channels,
          exits: Self.grids.enumerated().map { .init(grid: $1, macs: Double($0 + 1) * 1e7) },
          attentionKind: "softmax", split: "test",
          identifiers: identifiers ?? (0..<samples).map { "test/image-\($0).png" },
          provenance: Self.provenance(lambda, dataName, classNames.count)),
        labels: labels,
        logits: Self.grids.map { _ in
          (0..<samples * classNames.count).map { _ in Float(random.normal()) }
        },
        attention: Self.grids.map { grid in
          (0..<samples).flatMap { _ in
            let cells = (0..<grid.count).map { _ in Float(random.uniform() * random.uniform()) }
            let sum = cells.reduce(0, +)
            return cells.map { $0 / sum }
          }
        }, images: images)
    }
    baseline = [recording(lambda: 0)]
    egt = [recording(lambda: 0.3)]

    func sample(_ index: Int) -> SampleResult {
      func arm(_ lift: Double) -> SampleModel {
        let cosines = (0..<5).map { exit -> Double? in
          let own = lift + 0.1 * Double(exit)
          return exit < 4 ? min(1, own + random.uniform(0, 0.2)) : nil
        }
        return SampleModel(
          predictions: (0..<5).map { _ in
            random.uniform() < 0.8 ? labels[index] : random.index(below: classNames.count)
          }, confidences: (0..<5).map { _ in random.uniform(0.4, 1) },
          cosines: cosines, centred: cosines.map { $0.map { $0 - 0.3 } },
          mapMaxima: Self.grids.map { 3 / Double($0.count) }, leavesAt: 1 + random.index(below: 5))
      }
      let baseline = arm(0.3)
      let egt = arm(0.5)
      let delta = zip(egt.cosines, baseline.cosines).compactMap { a, b in
        a.flatMap { x in b.map { x - $0 } }
      }
      return SampleResult(
        index: index, label: labels[index], baseline: baseline, egt: egt,
        deltaCosine: delta.reduce(0, +) / Double(delta.count))
    }
    result = AuditResult(
      classNames: classNames, sampleCount: samples, input: input, channels: channels,
      classCounts: classNames.indices.map { label in labels.count { $0 == label } },
      threshold: 0.9, bootstrapResamples: 2000, bootstrapSeed: 1,
      baseline: Self.arm("Baseline", 0, lambda: 0, lift: 0, samples: samples),
      egt: Self.arm("EGT", 1, lambda: 0.3, lift: 0.3, samples: samples),
      paired: Self.paired, pairingRefusal: nil,
      flags: [
        Flag(
          code: "FEW-SEEDS", arm: "both", exit: nil,
          message: "One training run an arm: the intervals say nothing about other runs."),
        Flag(
          code: "FLATTENED", arm: "egt", exit: 5,
          message: "The final map’s spread fell from 1.91 to 0.67."),
      ],
      samples: (0..<samples).map(sample))
    Self.addMaps(to: &result)
  }

  /// A soft blob on a gradient with a little noise: as compressible as a photograph.
  private static func photo(
    of label: Int, size: Int, channels: Int, _ random: inout SeededGenerator
  ) -> [UInt8] {
    let middle = (x: random.uniform(0.3, 0.7), y: random.uniform(0.3, 0.7))
    var pixels: [UInt8] = []
    for y in 0..<size {
      for x in 0..<size {
        let across = Double(x) / Double(size) - middle.x
        let down = Double(y) / Double(size) - middle.y
        let distance =
          label % 2 == 0 ? (across * across + down * down) * 12 : abs(across) + abs(down)
        for channel in 0..<channels {
          let light = 60 + 130 * max(0, 1 - distance) + 30 * Double(y) / Double(size)
          pixels.append(UInt8(light + random.uniform(0, 6) + 10 * Double(channel)))
        }
      }
    }
    return pixels
  }

  static func interval(_ value: Double, _ half: Double = 0.02) -> Estimate {
    Estimate(value, low: value - half, high: value + half)
  }

  /// Agreement with the final map.
  private static func agreement(
    _ cosine: Double, _ null: Double, n: Int
  ) -> [Measure: Number] {
    func number(_ value: Double, null: Double? = nil) -> Number {
      var number = Number(interval(value), n: n)
      number.null = null
      return number
    }
    return [
      .cosine: number(cosine, null: null), .excess: number(cosine - null),
      .centred: number(cosine - 0.3, null: 0.01),
      .cosineOnExitGrid: Number(Estimate(cosine + 0.01), n: n),
      .ceiling: Number(Estimate(0.94), n: n),
    ]
  }

  private static func arm(
    _ name: String, _ index: Int, lambda: Double, lift: Double, samples: Int
  ) -> ModelView {
    func exit(_ index: Int, _ grid: GridSize) -> ExitView {
      let isEarly = index < grids.count - 1
      var numbers =
        isEarly
        ? agreement(0.3 + 0.1 * Double(index) + lift, 0.25 + lift / 2, n: samples) : [:]
      numbers[.accuracy] = Number(
        interval(0.6 + 0.06 * Double(index) + lift / 100, 0.03), n: samples)
      numbers[.spread] = Number(Estimate(1.9 - lift), n: samples)
      numbers[.entropy] = Number(Estimate(0.8), n: samples)
      return ExitView(
        ExitResult(
          exit: index + 1, grid: grid, macs: Double(index + 1) * 1e7, n: samples, undefined: 0),
        numbers)
    }
    var mean = agreement(0.45 + lift, 0.25 + lift / 2, n: samples)
    mean[.accuracy] = Number(Estimate(0.7), n: samples)
    mean[.spread] = Number(Estimate(1.9 - lift), n: samples)
    return ModelView(
      name: name, index: index, lambda: lambda,
      exits: grids.enumerated().map { exit($0, $1) }, mean: MeanView(mean),
      earlyExit: EarlyExitResult(
        threshold: 0.9, shares: [0.1, 0.2, 0.3, 0.15, 0.25], meanMacs: 3.25e7),
      earlyAccuracy: interval(0.83),
      costCurve: (0...20).map {
        CostPoint(
          threshold: Double($0) / 20, accuracy: 0.6 + 0.012 * Double($0) + lift / 100,
          meanMacs: 1e7 + 2e6 * Double($0))
      })
  }

  private static var paired: PairedView {
    func numbers(isFinal: Bool) -> [Measure: Number] {
      let accuracy = Number(interval(0.003, 0.012))
      return isFinal
        ? [.accuracy: accuracy]
        : [
          .accuracy: accuracy, .cosine: Number(delta: interval(0.3, 0.012), p: 0.0005),
          .centred: Number(interval(0.3)),
        ]
    }
    return PairedView(
      exits: (1...5).map { PairedExitView($0, numbers(isFinal: $0 == 5)) },
      mean: MeanView(numbers(isFinal: false)))
  }

  private static func provenance(_ lambda: Double, _ dataName: String?, _ classes: Int)
    -> Provenance
  {
    var provenance = Provenance()
    provenance.producer = "exitlens 0.1.0"
    provenance.seed = 1
    provenance.lambda = lambda
    provenance.stopGradient = false
    provenance.settings = [
      .init(.epochs, "20"), .init("batch", "32"), .init(.alignmentGrid, "early exit"),
      .init(.loss, "entropy + λ · (1 − cosine)"),
    ]
    provenance.environment = [.init("BLAS core", "SkylakeX"), .init("CPU", "Xeon, 2 cores")]
    provenance.command = "exitlens audit shapes --out report"
    var data = Provenance.DataProvenance()
    data.name = dataName
    data.hash = String(repeating: "a1", count: 32)
    data.sameAsTraining = true
    data.counts = [
      "test": [Int](repeating: 10, count: classes),
      "training": [Int](repeating: 40, count: classes),
      "validation": [Int](repeating: 4, count: classes),
    ]
    data.skipped = [.init("circle/broken.png", "not a PNG: bad checksum")]
    data.duplicatesAcrossSplits = [["training: star/1.png", "test: star/9.png"]]
    provenance.data = data
    provenance.history = (1...20).map { epoch in
      let share = Double(epoch) / 20
      return Provenance.HistoryRow(
        epoch: epoch, learningRate: epoch < 15 ? 1e-3 : 5e-4, lambda: lambda, loss: 5 - 3 * share,
        consistencyLoss: 0.5 - 0.3 * share, crossEntropy: [1, 0.9, 0.8, 0.7, 0.6],
        trainingAccuracy: [0.6, 0.7, 0.75, 0.8, 0.5 + 0.4 * share],
        validationAccuracy: [0.6, 0.65, 0.7, 0.75, 0.5 + 0.35 * share])
    }
    return provenance
  }
}

extension SyntheticAudit {
  /// Three runs an arm, matched by seed; the cosine's difference gets an interval over images and runs from `low` to
  /// 0.6 − `low`.
  mutating func addRuns(low: Double) {
    func number(_ value: Double, _ interval: Estimate) -> RunsEstimate {
      RunsEstimate(
        values: [value - 0.02, value, value + 0.02], deviation: 0.02, estimate: interval,
        degreesOfFreedom: 2, nested: Estimate(value, low: value - 0.01, high: value + 0.01))
    }
    for model in [\AuditResult.baseline, \AuditResult.egt] {
      result[keyPath: model].seeds = [1, 2, 3]
      for measure in [Measure.cosine, .excess] {
        let estimate = result[keyPath: model].mean[measure]!.estimate
        result[keyPath: model].mean[measure]?.runs = number(estimate.value, estimate)
      }
      let leaving = result[keyPath: model].earlyAccuracy!.estimate
      result[keyPath: model].earlyAccuracy?.runs = number(leaving.value, leaving)
    }
    result.paired?.design = RunDesign(reference: [1, 2, 3], model: [1, 2, 3])
    result.paired?.mean[.cosine]?.runs = number(0.3, Estimate(0.3, low: low, high: 0.6 - low))
  }
}
