import Analysis

extension ReportJob {
  /// Of a sweep: every setting is a model.
  func run(_ sweep: SweepRecordings) throws {
    try run(sweep.models) { result in
      result.missing = sweep.missing
    }
  }
}
