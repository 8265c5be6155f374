import FileKit

extension SweepPlan {
  /// Checks every number and name of a plan that was read. Any plan that `sweep` has written passes.
  func validate() throws(ValueProblem) {
    try ValueCheck.whole("threads", threads, MachineDescription.threadCounts)
    guard !runs.isEmpty else {
      throw ValueProblem("runs", expected: "one run at least", got: "no runs")
    }
    var names: Set<String> = []
    for (index, run) in runs.enumerated() {
      // Names become paths.
      guard run.hasSafeName else {
        throw ValueProblem(
          "runs[\(index)].name", expected: "small letters, digits, '-', '.' and '+'",
          got: "'\(run.name)'")
      }
      guard names.insert(run.name).inserted else {
        throw ValueProblem(
          "runs[\(index)].name", expected: "a name of its own", got: "'\(run.name)' again")
      }
      try ValueProblem.inside("runs[\(index)].configuration") { () throws(ValueProblem) in
        try run.configuration.validateAll()
      }
    }
  }
}

extension SweepPlan.Run {
  fileprivate var hasSafeName: Bool {
    !name.isEmpty && !name.hasPrefix(".")
      && name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "-.+".utf8.contains($0)
      }
  }
}
