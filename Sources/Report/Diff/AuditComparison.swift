/// `exitlens report --diff`: what changed between two reports, as lines of text.
package enum AuditComparison {
  /// - Parameters: two reports' folders, the older one first.
  package static func lines(_ first: String, _ second: String) throws(ReportFault) -> [String] {
    let audits = (try AuditSummary.read(first), try AuditSummary.read(second))
    let diff = AuditDiff(audits.0, audits.1)
    let tables = try TableComparison(first, second)
    var lines = ["A: \(DisplayText.text(first))", "B: \(DisplayText.text(second))", ""]
    guard !diff.isEmpty || !tables.isEmpty else {
      let counts = [
        NumberFormat.counted(diff.comparedCount, "number", "numbers"),
        NumberFormat.counted(tables.sharedCount, "table", "tables"),
      ]
      lines.append(
        "Nothing changed in data/: \(counts[0]), alerts, settings and all \(counts[1]) are the same."
      )
      return diff.isSameData == nil ? lines + [unknownData] : lines
    }
    lines += made(diff) + [""] + alerts(diff) + [""]
    lines += numbers(diff) + [""] + words(tables)
    return lines
  }

  private static let unknownData =
    "Whether the images are the same is unknown: a report does not give the hash of its data."

  private static func made(_ diff: AuditDiff) -> [String] {
    var lines = diff.same.isEmpty ? [] : ["Same: \(DisplayText.list(diff.same))."]
    for item in diff.circumstances {
      lines.append("Other \(item.name): \(item.first ?? "unknown") → \(item.second ?? "unknown")")
    }
    switch diff.isSameData {
    case true: break
    case false:
      lines.append(
        "The audits are not of the same images: their numbers are about different things.")
    case nil: lines.append(unknownData)
    }
    return lines
  }

  /// Calibration, faithfulness, chosen exit thresholds and what else is only in the tables.
  private static func words(_ tables: TableComparison) -> [String] {
    func line(_ words: String, _ names: [String]) -> [String] {
      names.isEmpty
        ? [] : ["\(words): \(DisplayText.list(names.map { DisplayText.name($0, limit: 60) }))."]
    }
    guard !tables.isEmpty else {
      return [
        "All \(NumberFormat.counted(tables.sharedCount, "table", "tables")) in data/ are the same."
      ]
    }
    let count =
      "\(NumberFormat.count(tables.different.count)) of "
      + NumberFormat.counted(tables.sharedCount, "table", "tables")
    return line("Tables in data/ that differ, \(count)", tables.different)
      + line("Tables only in A", tables.onlyFirst) + line("Tables only in B", tables.onlySecond)
  }

  private static func alerts(_ diff: AuditDiff) -> [String] {
    func text(_ flag: AuditSummary.Raised) -> String {
      let model = flag.model.map { DisplayText.name($0, limit: 40) } ?? "all models"
      return "\(DisplayText.name(flag.code, limit: 40)) (\(model)"
        + (flag.exit.map { ", exit \($0)" } ?? "") + ")"
    }
    return diff.flagsGone.map { "Alert gone: \(text($0))" }
      + diff.flagsNew.map { "Alert new:  \(text($0))" } + ["Alerts in both: \(diff.flagsKept)"]
  }

  private static func numbers(_ diff: AuditDiff) -> [String] {
    let total = NumberFormat.counted(diff.comparedCount, "number", "numbers")
    let changed = diff.groups.reduce(0) { $0 + $1.numbers.count }
    guard changed > 0 else { return ["All \(total) are the same."] }
    var rows: [[String]] = [["", "A", "B", "B − A", ""]]
    for group in diff.groups {
      rows.append([group.title])
      for number in group.numbers {
        let change = number.first.flatMap { first in number.second.map { $0 - first } }
        rows.append([
          "  " + number.name, NumberFormat.fixed(number.first, number.decimals),
          NumberFormat.fixed(number.second, number.decimals),
          NumberFormat.signed(change, number.decimals), number.areApart == true ? "*" : "",
        ])
      }
    }
    return ["\(NumberFormat.count(changed)) of \(total) changed:"] + table(rows) + [
      "",
      "* the two 95 % intervals have no point in common (a model's: over images, its training runs held",
      "  fixed). No test compares two audits: a star is a hint, and where there is none the numbers may",
      "  differ all the same.",
    ]
  }

  /// Names to the left, numbers to the right of their columns; a row of one cell is a heading.
  private static func table(_ rows: [[String]]) -> [String] {
    let widths = (0..<5).map { column in
      rows.filter { $0.count > 1 }.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      guard row.count > 1 else { return row[0] }
      var line = row[0] + String(repeating: " ", count: widths[0] - row[0].count)
      for column in 1..<4 {
        line +=
          "  " + String(repeating: " ", count: widths[column] - row[column].count)
          + row[column]
      }
      return row[4].isEmpty ? line : "\(line) \(row[4])"
    }
  }
}
