import Analysis

/// `alerts.csv`, and `flags` in `report.json`.
enum AlertTable {
  static func table(_ context: ReportContext) -> Table<Flag> {
    Table(
      [
        .text("code") { $0.code },
        .text("severity") { ($0.kind?.severity ?? .limit).rawValue },
        .text("model", help: "Empty where it is about several models or the data.") { flag in
          flag.model.map { context.result.models[$0].name }
        },
        .integer("exit") { $0.exit }, .text("message") { $0.message },
        .text("href", in: .json) { $0.kind.map { evidence($0, context) } ?? IndexPage.file },
      ], rows: context.result.flags)
  }

  /// The page that shows what an alert speaks of; the first page where the report has no other.
  private static func evidence(_ kind: FlagKind, _ context: ReportContext) -> String {
    let page: (any PageSection.Type)? =
      switch kind {
      case .identicalExits, .otherMaps, .otherGrids, .undefinedMaps, .negativeMaps, .collapse,
        .sameMap, .noExcess, .flattened, .smallClass:
        ConsistencyPage.self
      case .probabilities, .calibrationWorse: CalibrationPage.self
      case .consistentNotFaithful: FaithfulnessPage.self
      case .earlyBetter, .chance, .otherCosts, .validationIsTest: EfficiencyPage.self
      case .fewSeeds: RunsPage.self
      case .identicalModels, .differentSamples, .repeatedSamples, .blankImages, .unexpectedLambda,
        .otherSplit, .otherData, .skippedImages, .duplicates:
        ProvenancePage.self
      }
    guard let page, page.isPresent(in: context) else { return IndexPage.file }
    return page.file
  }
}
