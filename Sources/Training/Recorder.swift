import Datasets
import FileKit
import Network
import Recordings
import TensorCore

/// Runs a trained network over a part of a dataset and keeps what every exit answered and where it looked.
package enum Recorder {
  /// Which part of a dataset is recorded.
  package enum Part: String, Sendable, CaseIterable {
    case training
    case validation
    case test
  }

  /// - Parameters:
  ///   - run: the trained network's manifest and history; `folder` is where it lies, for messages.
  ///   - dataset: of the run's classes and image size; need not be the data trained on. A recording of its test
  ///     part takes along the answers on its validation part, where it has one.
  ///   - faithfulness: whether the faithfulness of the maps is measured too, and how; takes a while.
  ///   - command: the command line, for the recording's provenance.
  ///   - progress: told (images done, all images) of the faithfulness.
  package static func record(
    _ network: EarlyExitNetwork, run manifest: RunManifest, history: TrainingHistory,
    folder: RunFolder, dataset: ImageDataset, part: Part = .test,
    faithfulness: FaithfulnessOptions? = nil, lanes: Lanes, command: String,
    progress: ((Int, Int) -> Void)? = nil
  ) throws(TrainingFault) -> Recording {
    let split = try manifest.part(part, of: dataset, run: folder.path)
    let configuration = manifest.network
    let exits = configuration.exitCount
    var logits = [[Float]](repeating: [], count: exits)
    var attention = [[Float]](repeating: [], count: exits)
    for (exit, grid) in configuration.exitGrids.enumerated() {
      logits[exit].reserveCapacity(split.count * configuration.classes)
      attention[exit].reserveCapacity(split.count * grid.count)
    }
    let evaluator = Evaluator(network, normalization: manifest.normalization, lanes: lanes)
    evaluator.run(over: split) { pass, samples in
      for exit in 0..<exits {
        logits[exit].append(contentsOf: pass.logits(exit: exit, count: samples.count))
        attention[exit].append(contentsOf: pass.attention(exit: exit, count: samples.count))
      }
    }
    guard logits.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw .answerNotFinite(run: folder.path)
    }
    let recorded = RecordingManifest(
      classNames: manifest.classNames, input: configuration.input,
      channels: configuration.channels,
      exits: Self.exits(of: configuration),
      attentionKind: configuration.attention.rawValue, mapKind: RecordingManifest.attention,
      split: part.rawValue,
      identifiers: split.identifiers,
      provenance: provenance(manifest, history, dataset, command: command))
    var recording = Recording(
      manifest: recorded, labels: split.labels, logits: logits, attention: attention,
      images: split.pixels,
      validation: part == .test ? answers(of: evaluator, on: dataset.validation) : nil)
    if let options = faithfulness {
      let samples = FaithfulnessSamples.choose(
        options.samples, labels: split.labels, classCount: configuration.classes)
      recording.faithfulness = FaithfulnessRecorder(
        network, normalization: manifest.normalization, options: options, lanes: lanes
      ).record(split, samples: samples, progress: progress)
      recording.manifest.provenance?.faithfulness = options.settings(
        samples: samples.count, of: split.count, input: configuration.input,
        exitCount: exits)
    }
    return recording
  }

  private static func exits(
    of network: NetworkConfiguration
  ) -> [RecordingManifest.Exit] {
    let parameters = network.cumulativeParameters
    return zip(network.exitGrids, network.cumulativeMacs).enumerated().map {
      RecordingManifest.Exit(grid: $1.0, macs: $1.1, parameters: parameters[$0])
    }
  }

  /// nil for an empty part.
  private static func answers(
    of evaluator: Evaluator, on split: ImageSplit
  ) -> Recording.Answers? {
    guard split.count > 0 else { return nil }
    let exits = evaluator.network.configuration.exitCount
    var logits = [[Float]](repeating: [], count: exits)
    evaluator.run(over: split) { pass, samples in
      for exit in 0..<exits {
        logits[exit].append(contentsOf: pass.logits(exit: exit, count: samples.count))
      }
    }
    return Recording.Answers(labels: split.labels, logits: logits)
  }

  private static func provenance(
    _ manifest: RunManifest, _ history: TrainingHistory, _ dataset: ImageDataset, command: String
  ) -> Provenance {
    var provenance = Provenance()
    provenance.producer = Release.producer
    provenance.seed = manifest.configuration.seed
    provenance.lambda = manifest.configuration.loss.lambda
    provenance.stopGradient = manifest.configuration.loss.stopGradient
    provenance.settings = manifest.settings
    provenance.environment = manifest.machine.settings
    provenance.command = command
    provenance.history = history.rows
    var data = Provenance.DataProvenance()
    data.name = dataset.name
    data.hash = dataset.summary.hash
    data.sameAsTraining = dataset.summary.hash == manifest.data.hash
    data.counts = dataset.summary.counts
    data.skipped = dataset.summary.skipped.map { Provenance.Entry($0.identifier, $0.reason) }
    data.notes = dataset.summary.notes?.map { Provenance.Entry($0.name, $0.text) }
    data.duplicatesAcrossSplits = dataset.summary.duplicatesAcrossSplits.map(\.members)
    provenance.data = data
    return provenance
  }
}
