/// The charts of a report.
enum ReportFigures {
  static func all(_ context: ReportContext) throws(ReportFault) -> [ReportFigure] { [] }
}
