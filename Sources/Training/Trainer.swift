import Datasets
import FileKit
import Network
import Recordings
import TensorCore

/// Trains one network on one dataset into one run folder.
package struct Trainer {
  /// What is trained; on resuming it must agree with the folder's own.
  package let manifest: RunManifest
  /// The data that `manifest` was made from.
  package let dataset: ImageDataset
  /// Where the run lies or will lie; made by `train`.
  package let folder: RunFolder
  /// Their number is part of the run: another gives other bytes.
  package let lanes: Lanes

  /// What happens while training; the caller measures the time.
  package enum Event: Sendable {
    /// Training starts, with some epochs already done when it resumes.
    case started(epochsDone: Int, epochs: Int, imagesPerEpoch: Int)
    /// A batch is done: images so far in this epoch (from 1), and the mean loss over them.
    case batch(epoch: Int, images: Int, loss: Double)
    case epoch(Provenance.HistoryRow)
  }

  /// Throws `TrainingFault.option` for a setting that cannot work; touches no file.
  package init(
    manifest: RunManifest, dataset: ImageDataset, folder: RunFolder, lanes: Lanes
  ) throws(TrainingFault) {
    if let problem = manifest.configuration.problem {
      throw .option(name: problem.option, expected: problem.expected, got: problem.got)
    }
    do throws(ValueProblem) {
      try manifest.network.validate()
    } catch {
      throw .option(name: "--size", expected: error.expected, got: error.got)
    }
    self.manifest = manifest
    self.dataset = dataset
    self.folder = folder
    self.lanes = lanes
  }

  /// Refuses a folder where this run can be neither made nor gone on with; leaves it as it is.
  /// - Parameter resume: whether a run with the same settings and data may be there.
  package func check(resume: Bool) throws(TrainingFault) {
    try folder.check(resume: resume)
    if folder.exists, let difference = manifest.difference(from: try folder.readManifest()) {
      throw .otherRun(folder: folder.path, difference: difference)
    }
  }

  /// Checks the folder as `check` does; with `force`, what is in the way moves to NAME.old-N.
  /// - Returns: where it is now.
  package func makeRoom(resume: Bool, force: Bool) throws(TrainingFault) -> MovedAside? {
    do throws(TrainingFault) {
      try check(resume: resume)
      return nil
    } catch {
      guard force, error.isSomethingInTheWay else { throw error }
      return try folder.moveAside()
    }
  }

  /// Trains until the last epoch and writes the run; returns the network.
  /// - Parameter resume: whether to go on with (or return) a run with the same settings in the same folder.
  package func train(
    resume: Bool, progress: (Event) -> Void = { _ in }
  ) throws(TrainingFault) -> EarlyExitNetwork {
    let configuration = manifest.configuration
    try check(resume: resume)
    if folder.isFinished {
      // It may have been stopped between its last file and its last list.
      try folder.settle()
      return try folder.readNetwork(folder.readManifest())
    }
    do { try Files.makeFolder(folder.path) } catch { throw .file(error) }
    let lock = try folder.lock()
    defer { lock.release() }
    if !folder.exists { try folder.write(manifest) }
    let state = try folder.readState(of: manifest)

    let network = EarlyExitNetwork(manifest.network, seed: configuration.seed)
    let adam =
      if let state { try folder.restore(state, into: network) } else {
        Adam(network.table.parameterLayout)
      }
    var history = state?.history ?? TrainingHistory()
    let pass = TrainingPass(
      network, loss: configuration.loss, capacity: largestBatch, lanes: lanes)
    let evaluator = Evaluator(network, normalization: manifest.normalization, lanes: lanes)
    progress(
      .started(
        epochsDone: history.rows.count, epochs: configuration.epochs,
        imagesPerEpoch: dataset.training.count))
    for epoch in history.rows.count..<max(configuration.epochs, history.rows.count) {
      let row = try trainEpoch(epoch, pass, adam, evaluator, progress)
      history.rows.append(row)
      try folder.writeState(network, adam, history)
      progress(.epoch(row))
    }
    try folder.write(history, exits: manifest.network.exitCount)
    try folder.writeWeights(of: network)
    return network
  }

  private func trainEpoch(
    _ epoch: Int, _ pass: TrainingPass, _ adam: Adam, _ evaluator: Evaluator,
    _ progress: (Event) -> Void
  ) throws(TrainingFault) -> Provenance.HistoryRow {
    let configuration = manifest.configuration
    let exits = manifest.network.exitCount
    let rate = configuration.schedule.rate(epoch: epoch)
    let lambda = configuration.lambda(epoch: epoch)
    let batches = Self.batches(
      count: dataset.training.count, size: configuration.batchSize, seed: configuration.seed,
      epoch: epoch)
    var total = EpochTotals(exits: exits)
    var labels: [Int] = []
    for (number, batch) in batches.enumerated() {
      dataset.training.fill(
        pass.input, indices: batch, pixelsPerImage: dataset.size.count,
        channels: dataset.channels, normalization: manifest.normalization)
      pass.forward(count: batch.count)
      labels.removeAll(keepingCapacity: true)
      for sample in batch { labels.append(dataset.training.labels[sample]) }
      let terms = pass.backward(labels: labels, lambda: lambda)
      let place = TrainingFault.Step(epoch: epoch + 1, batch: number + 1, step: adam.step + 1)
      guard terms.total.isFinite else { throw .diverged(place, expected: "a finite loss") }
      let isFinite = adam.update(
        pass.network.parameters, gradients: pass.gradients, learningRate: rate, lanes: lanes)
      guard isFinite, pass.network.buffers.all.allSatisfy(\.isFinite) else {
        throw .diverged(place, expected: "finite weights")
      }
      total.add(terms, count: batch.count)
      progress(.batch(epoch: epoch + 1, images: total.images, loss: total.meanLoss))
    }
    return total.row(
      epoch: epoch + 1, learningRate: rate, lambda: lambda,
      validation: evaluator.accuracy(on: dataset.validation))
  }

  /// The training images of an epoch in random order, in batches; a last batch of one joins the one before.
  static func batches(count: Int, size: Int, seed: UInt64, epoch: Int) -> [ArraySlice<Int>] {
    let order = BatchOrder(count: count, batchSize: size, seed: seed, epoch: epoch)
    var batches = (0..<order.batchCount).map { order.batch($0) }
    if let last = batches.last, last.count == 1, batches.count > 1 {
      batches.removeLast()
      let previous = batches.removeLast()
      batches.append(order.indices[previous.startIndex..<last.endIndex])
    }
    return batches
  }
}

extension RunManifest {
  /// Optimiser steps of an epoch: the number of `Trainer.batches`.
  var stepsPerEpoch: Int {
    let count = data.counts[DatasetPart.training.rawValue]?.reduce(0, +) ?? 0
    let size = configuration.batchSize
    let whole = count / size
    return count % size > 1 || whole == 0 ? min(count, whole + 1) : whole
  }
}

/// Sums over an epoch's batches, weighted by their sizes.
private struct EpochTotals {
  private(set) var images = 0
  private var loss = 0.0
  private var consistency = 0.0
  private var crossEntropy: [Double]
  private var correct: [Int]

  init(exits: Int) {
    crossEntropy = [Double](repeating: 0, count: exits)
    correct = [Int](repeating: 0, count: exits)
  }

  var meanLoss: Double { loss / Double(images) }

  mutating func add(_ terms: LossTerms, count: Int) {
    images += count
    loss += terms.total * Double(count)
    consistency += terms.consistency * Double(count)
    for exit in crossEntropy.indices {
      crossEntropy[exit] += terms.crossEntropy[exit] * Double(count)
      correct[exit] += terms.correct[exit]
    }
  }

  func row(
    epoch: Int, learningRate: Double, lambda: Double, validation: [Double]
  ) -> Provenance.HistoryRow {
    let n = Double(images)
    return Provenance.HistoryRow(
      epoch: epoch, learningRate: learningRate, lambda: lambda, loss: loss / n,
      consistencyLoss: consistency / n, crossEntropy: crossEntropy.map { $0 / n },
      trainingAccuracy: correct.map { Double($0) / n }, validationAccuracy: validation)
  }
}
