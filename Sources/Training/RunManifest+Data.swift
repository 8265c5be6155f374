import Datasets

extension RunManifest {
  /// How data for the network are read: as those it was trained on, with the network's channels whatever
  /// "auto" would make of these images.
  package var readingOptions: DatasetOptions {
    var options = configuration.data
    options.colorMode = network.channels == 1 ? .grey : .rgb
    return options
  }

  /// A part of a dataset that the network can answer.
  /// - Parameters:
  ///   - dataset: of the run's classes and image size; need not be the data trained on.
  ///   - run: where the run lies, for messages.
  package func part(
    _ part: Recorder.Part, of dataset: ImageDataset, run: String
  ) throws(TrainingFault) -> ImageSplit {
    guard dataset.classNames == classNames else {
      throw .otherClasses(run: run, expected: classNames, got: dataset.classNames)
    }
    guard dataset.size == network.input, dataset.channels == network.channels else {
      throw .otherImages(
        run: run, expected: "\(network.input)×\(network.channels)",
        got: "\(dataset.size)×\(dataset.channels)")
    }
    let split =
      switch part {
      case .training: dataset.training
      case .validation: dataset.validation
      case .test: dataset.test
      }
    guard split.count > 0 else { throw .emptyPart(name: part.rawValue, data: dataset.name) }
    return split
  }
}
