import ArgumentParser
import CommandLineKit
import Datasets

/// How images become a dataset.
struct DataOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: .value(.wholeNumber, "Height and width that images are resized to, at least 16."))
  var size = 64
  @Option(help: "Colours the network sees.")
  var color: DatasetOptions.ColorMode = .automatic
  @Option(
    help: "Classes that take part: a number (the first so many) or names, with commas or spaces.")
  var classes: String?
  @Option(
    parsing: .unconditional,
    help: .value(.wholeNumber, "Training images drawn, validation included (default: all)."))
  var trainCount: Int?
  @Option(parsing: .unconditional, help: .value(.wholeNumber, "Test images drawn (default: all)."))
  var testCount: Int?
  @Option(
    parsing: .unconditional,
    help: .value(
      .fraction, "Fraction of the training images kept for validation; 0 for the paper's split."))
  var validation = 0.1
  @Option(
    parsing: .unconditional,
    help: .value(
      .fraction, "Fraction of the images that becomes the test part where the data have none."))
  var testFraction = 0.25
  @Option(
    parsing: .unconditional,
    help: .value(.seed, "Seed of drawing and splitting; the same for all runs that are compared."))
  var dataSeed: UInt64 = 0

  var selection: DatasetOptions.ClassSelection {
    guard let classes else { return .all }
    let names = classes.split(separator: ",").map {
      $0.trimmingPrefix(while: \.isWhitespace)
    }.map(String.init)
    if names.count == 1, let count = Int(names[0]) { return .first(count) }
    return .named(names)
  }

  var options: DatasetOptions {
    DatasetOptions(
      size: size, colorMode: color, classes: selection, trainingCount: trainCount,
      testCount: testCount, validationFraction: validation, testFraction: testFraction,
      seed: dataSeed)
  }
}

extension DatasetOptions.ColorMode: ExpressibleByArgument {}
