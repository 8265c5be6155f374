import Datasets
import FileKit
import Network

extension RunManifest {
  /// Checks every number of a manifest that was read, and that its parts fit each other: what is used of it later
  /// needs no check of its own. Any manifest that training has written passes.
  func validate() throws(ValueProblem) {
    try ValueProblem.inside("configuration") { () throws(ValueProblem) in
      try configuration.validateAll()
    }
    try ValueProblem.inside("network") { () throws(ValueProblem) in try network.validate() }
    let size = configuration.data.size
    try ValueCheck.same("network.input.height", network.input.height, as: size, Self.size)
    try ValueCheck.same("network.input.width", network.input.width, as: size, Self.size)
    try ValueCheck.same(
      "network.widths", network.widths, as: configuration.widths, "configuration.widths")
    try ValueCheck.count("classNames", classNames.count, network.classes, of: "names, one a class")
    try ValueProblem.inside("normalization") { () throws(ValueProblem) in
      try normalization.validate(channels: network.channels)
    }
    for part in data.counts.keys.sorted() {
      let (counts, key) = (data.counts[part]!, "data.counts.\(part)")
      try ValueCheck.count(key, counts.count, network.classes, of: "numbers, one a class")
      for (label, count) in counts.enumerated() {
        try ValueCheck.whole("\(key)[\(label)]", count, 0...ValueCheck.largestCount)
      }
    }
    try ValueCheck.whole("machine.threads", machine.threads, MachineDescription.threadCounts)
  }

  private static let size = "configuration.data.size"
}

extension TrainingConfiguration {
  /// The data's options too: for documents, where nothing else asks them.
  func validateAll() throws(ValueProblem) {
    try validate()
    try ValueProblem.inside("data") { () throws(ValueProblem) in try data.validate() }
  }
}

extension MachineDescription {
  /// What a run may have been trained on: one thread a core, unless the user says otherwise.
  static let threadCounts = 1...1024
}
