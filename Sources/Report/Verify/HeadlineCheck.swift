import FileKit

/// Compares a report's headline with what its table of samples gives.
struct HeadlineCheck {
  private(set) var findings: [Diagnosis] = []
  private(set) var comparedCount = 0
  /// Why there was nothing to compare.
  private(set) var refusal: String?

  private let folder: String
  private static let table = "data/samples.csv"
  /// Of a number, or of 1 where that is larger: sums may be added in another order, numbers are printed whole.
  private static let tolerance = 1e-9

  init(folder: String) {
    self.folder = folder
    let printed = PrintedNumbers(folder: folder)
    for problem in printed.problems { note(problem.file, problem.text) }
    let models = PrintedModels(printed)
    guard let reference = models.models.first, reference.exitCount > 0 else {
      if printed.problems.isEmpty { note(PrintedNumbers.json, "it has no models with exits") }
      return
    }
    guard let bytes = try? Files.read("\(folder)/\(Self.table)") else {
      note(Self.table, "it cannot be read")
      return
    }
    let samples = SampleCount(bytes, models.models)
    if let problem = samples.problem ?? samples.contradiction(models) {
      note(Self.table, problem)
      return
    }
    guard samples.models.keys.contains(where: { models.models[$0].runs == 1 }) else {
      refusal = "the numbers are over several runs, and \(Self.table) holds the first of each model"
      return
    }
    for (place, value) in RecomputedNumbers(samples, models).list {
      comparedCount += 1
      guard printed.isPrinted(place), Self.agree(printed[place], value) else {
        findings.append(
          Diagnosis(
            .failed, "number does not follow from the samples", at: "\(folder)/\(place)",
            expected: NumberFormat.exact(value) ?? "none",
            got: NumberFormat.exact(printed[place]) ?? "none"))
        continue
      }
    }
  }

  private mutating func note(_ file: String, _ problem: String) {
    findings.append(
      Diagnosis(
        .failed, "headline cannot be recomputed", at: "\(folder)/\(file)", got: problem))
  }

  static func agree(_ first: Double?, _ second: Double?) -> Bool {
    guard let first, let second else { return first == nil && second == nil }
    return abs(first - second) <= tolerance * max(1, abs(second))
  }
}
