import ArgumentParser
import Training

/// Whether the faithfulness of attention maps is measured while recording.
struct FaithfulnessArguments: ParsableArguments {
  @Flag(
    help: """
      Also measure how faithful the attention maps are: deletion, insertion, ROAD, random weights and \
      Grad-CAM.
      """)
  var faithfulness = false
  @Option(
    name: .customLong("faithfulness-samples"),
    help: .value(
      .wholeNumber, "Images that faithfulness is measured on, as many of each class as its share."))
  var samples = 200

  mutating func validate() throws {
    guard samples >= 1 else {
      throw ValidationError(
        "The value '\(samples)' is invalid for '--faithfulness-samples': expected at least 1")
    }
  }

  /// The same as words of a command line.
  var repeated: [String] {
    faithfulness ? ["--faithfulness", "--faithfulness-samples", "\(samples)"] : []
  }

  /// nil where it is not asked for.
  var options: FaithfulnessOptions? {
    faithfulness ? FaithfulnessOptions(samples: samples) : nil
  }
}
