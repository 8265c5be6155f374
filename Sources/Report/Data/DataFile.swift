/// A table of a report that goes into files alone: `data/NAME.csv`, and in `report.json` below `tables`.
struct DataFile {
  /// "cost-curve"
  let name: String
  /// Whether `report.json` has its rows: not those of long lists, nor what stands elsewhere in it.
  let isInJSON: Bool
  let csv: () -> [UInt8]
  let json: () -> [JSONValue]

  init<Row>(_ name: String, isInJSON: Bool = true, _ table: Table<Row>) {
    self.name = name
    self.isInJSON = isInJSON
    csv = { CSVTableWriter.bytes(table) }
    json = { JSONTableWriter.objects(table) }
  }

  /// "costCurve"
  var key: String { JSONTableWriter.key(name.replacing("-", with: "_")) }
}
