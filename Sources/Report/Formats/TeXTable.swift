/// A table that needs booktabs and nothing else.
struct TeXTable {
  /// TeX, with a second line below it (an interval) where there is one.
  struct Cell {
    var text: String
    var detail: String?

    init(_ text: String, detail: String? = nil) {
      self.text = text
      self.detail = detail
    }
  }

  struct Row {
    var cells: [Cell]
    /// Whether a line divides it from the row above.
    var isDivided = false
  }

  /// A heading over neighbouring columns, without a line below where the text is empty.
  struct Heading {
    var text: String
    var columns: Int
  }

  /// "tab:consistency"
  var label: String
  /// TeX.
  var caption: String
  /// Whether it spans both columns of a two-column paper.
  var isWide: Bool
  /// Columns of text at the start, aligned left; all others hold numbers and are aligned right.
  var textColumns: Int
  /// One or more lines; the columns of each add up to the table's.
  var headings: [[Heading]]
  var rows: [Row]

  private var columnCount: Int { headings[0].reduce(0) { $0 + $1.columns } }

  var document: String {
    precondition(
      headings.allSatisfy { $0.reduce(0) { $0 + $1.columns } == columnCount }
        && rows.allSatisfy { $0.cells.count == columnCount },
      "\(label): every line has \(columnCount) columns")
    let environment = isWide ? "table*" : "table"
    let alignment =
      String(repeating: "l", count: textColumns)
      + String(repeating: "r", count: columnCount - textColumns)
    var lines = [
      "% Needs \\usepackage{booktabs}.", "\\begin{\(environment)}", "\\centering",
      "\\caption{\(caption)}", "\\label{\(label)}", "\\small", "\\setlength{\\tabcolsep}{4pt}",
      "\\begin{tabular}{@{}\(alignment)@{}}", "\\toprule",
    ]
    for line in headings { lines += heading(line) }
    lines.append("\\midrule")
    for row in rows {
      if row.isDivided { lines.append("\\midrule") }
      lines.append(Self.line(row.cells.map(\.text)))
      if row.cells.contains(where: { $0.detail != nil }) {
        lines.append(Self.line(row.cells.map { $0.detail.map { "{\\scriptsize \($0)}" } ?? "" }))
      }
    }
    lines += ["\\bottomrule", "\\end{tabular}", "\\end{\(environment)}"]
    return lines.map { $0 + "\n" }.joined()
  }

  private func heading(_ line: [Heading]) -> [String] {
    var rules: [String] = []
    var first = 1
    var cells: [String] = []
    for heading in line {
      let last = first + heading.columns - 1
      if heading.columns == 1 {
        cells.append(heading.text)
      } else {
        cells.append("\\multicolumn{\(heading.columns)}{c}{\(heading.text)}")
        if !heading.text.isEmpty { rules.append("\\cmidrule(lr){\(first)-\(last)}") }
      }
      first = last + 1
    }
    return [Self.line(cells)] + (rules.isEmpty ? [] : [rules.joined(separator: " ")])
  }

  private static func line(_ cells: [String]) -> String {
    cells.joined(separator: " & ") + " \\\\"
  }
}
