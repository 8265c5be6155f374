/// The CSV files of a report: every number on its pages, and every text whole. `SampleTable` is the largest, and by
/// itself.
enum DataFiles {
  /// In the order in which they are written.
  static func all(_ context: ReportContext) -> [DataFile] {
    [
      DataFile("exits", isInJSON: false, NumberTables.exits(context)),
      DataFile("numbers", isInJSON: false, NumberTables.numbers(context)),
      DataFile("seeds", isInJSON: false, NumberTables.seeds(context)),
      DataFile("alerts", isInJSON: false, AlertTable.table(context)),
      DataFile("sheets", isInJSON: false, SheetTable.table(context)),
      DataFile("sweep", SweepTable.table(context)),
    ] + EarlyExitTables.all(context) + MapTables.all(context) + CalibrationTables.all(context)
      + LedgerTables.all(context) + FaithfulnessTables.all(context)
      + DisagreementTables.all(context) + ProvenanceTables.all(context)
  }
}
