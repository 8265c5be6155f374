import FileKit
import Foundation

/// The numbers of a report's data files by where they stand: "data/report.json, models[1].exits[2].cosine.value" or
/// "data/exits.csv, EGT 3, cosine".
struct PrintedNumbers {
  /// nil where null or an empty cell is printed.
  private var values: [String: Double?] = [:]
  private var texts: [String: String] = [:]
  /// Per list in `report.json`, its length.
  private var counts: [String: Int] = [:]
  /// What cannot be read.
  private(set) var problems: [(file: String, text: String)] = []

  static let json = "data/report.json"

  init(folder: String) {
    if let bytes = try? Files.read("\(folder)/\(Self.json)"),
      let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    {
      if let key = CanonicalJSON.duplicateKey(in: bytes) {
        problems.append((Self.json, "\(key) stands there twice"))
      }
      // Other tables of the report are no headline.
      for (key, value) in object where key != "tables" { add(value, at: key) }
    } else {
      problems.append((Self.json, "it is not a JSON object"))
    }
    addTable("exits.csv", folder, rows: ["model", "exit"])
    addTable("early-exit.csv", folder, rows: ["model"])
    addTable("numbers.csv", folder, rows: ["model", "reference", "measure", "place", "exit"])
  }

  /// Whether a number, or that there is none, is printed at a place.
  func isPrinted(_ place: String) -> Bool { values[place] != nil }

  /// nil where nothing is printed as well.
  subscript(place: String) -> Double? { values[place] ?? nil }

  /// A number of `report.json`.
  func json(_ path: String) -> Double? { self["\(Self.json), \(path)"] }

  /// A text of `report.json`.
  func text(_ path: String) -> String? { texts[path] }

  /// The length of a list in `report.json`; nil where there is none.
  func count(_ path: String) -> Int? { counts[path] }

  private mutating func add(_ value: Any, at path: String) {
    switch value {
    case let object as [String: Any]:
      for (key, member) in object { add(member, at: "\(path).\(key)") }
    case let list as [Any]:
      counts[path] = list.count
      for (index, element) in list.enumerated() { add(element, at: "\(path)[\(index)]") }
    case let text as String: texts[path] = text
    case let number as NSNumber:
      values["\(Self.json), \(path)"] = .some(number.doubleValue)
    case is NSNull:
      values["\(Self.json), \(path)"] = .some(nil)
    default: break
    }
  }

  /// - Parameter columns: that name a row.
  private mutating func addTable(_ name: String, _ folder: String, rows columns: [String]) {
    guard let bytes = try? Files.read("\(folder)/data/\(name)") else {
      problems.append(("data/\(name)", "it cannot be read"))
      return
    }
    var reader = CSVReader(bytes)
    while reader.next() {
      let row = columns.map { reader.text($0) }.filter { !$0.isEmpty }.joined(separator: " ")
      for column in reader.columnNames {
        values["data/\(name), \(row), \(column)"] = .some(reader.number(column))
      }
    }
  }
}
