import Analysis

/// A table for a paper. Where every group has the same few rows, a line is a group and each column is split by row, as
/// papers set two models side by side; otherwise lines are rows.
package enum TeXTableWriter {
  /// More rows of a group side by side would run off a page.
  private static let mostSideBySide = 3

  package static func document<Row>(_ table: Table<Row>, isWide: Bool = true) -> String {
    self.table(table, isWide: isWide).document
  }

  /// A table without a layout has no paper: an error of the program.
  static func table<Row>(_ table: Table<Row>, isWide: Bool = true) -> TeXTable {
    guard let layout = table.layout else { preconditionFailure("a table of a paper has a layout") }
    let columns = table.columns(for: .tex)
    let groups = layout.groups(table.rows(for: .tex))
    let heads = groups.first?.rows.map(layout.head) ?? []
    let isSideBySide =
      layout.group != nil && heads.count <= mostSideBySide
      && groups.allSatisfy { $0.rows.map(layout.head) == heads }
    let (textColumns, headings, rows) =
      isSideBySide
      ? sideBySide(columns, groups, heads, layout) : lines(columns, groups, layout)
    return TeXTable(
      label: "tab:\(layout.id)", caption: TeXText.escaped(layout.caption), isWide: isWide,
      textColumns: textColumns, headings: headings, rows: rows)
  }

  private typealias Parts = (
    textColumns: Int, headings: [[TeXTable.Heading]], rows: [TeXTable.Row]
  )

  // MARK: A line a group

  private static func sideBySide<Row>(
    _ columns: [Column<Row>], _ groups: [(head: GroupHead?, rows: [Row])], _ heads: [RowHead],
    _ layout: TableLayout<Row>
  ) -> Parts {
    // A column that does not apply to differences has none beside its models.
    let shown = columns.map { column in
      heads.indices.filter { place in
        groups.contains { !column.value($0.rows[place]).isBlank }
      }
    }
    var titles: [TeXTable.Heading] = [.init(text: "", columns: 1)]
    var names: [TeXTable.Heading] = [.init(text: TeXText.escaped(layout.groupColumn), columns: 1)]
    for (column, places) in zip(columns, shown) where !places.isEmpty {
      titles.append(.init(text: title(column), columns: places.count))
      names += places.map { .init(text: TeXText.name(heads[$0].name), columns: 1) }
    }
    let rows = groups.map { group in
      TeXTable.Row(
        cells: [TeXTable.Cell(groupName(group.head))]
          + zip(columns, shown).flatMap { column, places in
            places.map { cell(column.value(group.rows[$0]), column.style(of: group.rows[$0])) }
          },
        isDivided: group.head?.isMean == true)
    }
    return (1, [titles, names], rows)
  }

  // MARK: A line a row

  private static func lines<Row>(
    _ columns: [Column<Row>], _ groups: [(head: GroupHead?, rows: [Row])],
    _ layout: TableLayout<Row>
  ) -> Parts {
    let isGrouped = layout.group != nil
    let heading =
      (isGrouped ? [layout.groupColumn] : []) + [layout.rowColumn]
      + columns.map { $0.detail == nil ? $0.title : "\($0.title) (\($0.detail!))" }
    var rows: [TeXTable.Row] = []
    for (number, group) in groups.enumerated() {
      for (place, row) in group.rows.enumerated() {
        let name = place == 0 ? groupName(group.head) : ""
        rows.append(
          TeXTable.Row(
            cells: (isGrouped ? [TeXTable.Cell(name)] : [])
              + [TeXTable.Cell(TeXText.name(layout.head(row).name))]
              + columns.map { cell($0.value(row), $0.style(of: row)) },
            isDivided: isGrouped ? number > 0 && place == 0 : layout.isDivided(row)))
      }
    }
    return (
      isGrouped ? 2 : 1, [heading.map { .init(text: TeXText.escaped($0), columns: 1) }], rows
    )
  }

  // MARK: Parts

  private static func groupName(_ head: GroupHead?) -> String {
    guard let head else { return "" }
    let detail = head.detail.isEmpty ? "" : ", \(head.detail)"
    return TeXText.name(head.name + detail)
  }

  private static func title<Row>(_ column: Column<Row>) -> String {
    TeXText.escaped(column.detail.map { "\(column.title) (\($0))" } ?? column.title)
  }

  /// A model's number as mean ± standard deviation over training runs where there are several, else with its interval.
  private static func cell(_ value: TableValue, _ style: NumberStyle) -> TeXTable.Cell {
    switch value {
    case .measured(let measured):
      let style = measured.isDifference ? style.ofDifference : style
      let number = measured.estimate?.value
      if let deviation = measured.deviation, number != nil {
        let mean = style.text(number).replacing("−", with: "-")
        return TeXTable.Cell("$\(mean) \\pm \(style.unsigned.text(deviation))$")
      }
      let interval = NumberFormat.interval(measured.estimate) {
        TeXNumber.mathematics(style.bound($0, of: measured.estimate))
      }
      // Braced, so that no line begins with a bracket, which TeX would take for an option of the line's end before.
      return TeXTable.Cell(
        TeXNumber.mathematics(style.text(number), isBold: measured.isClear),
        detail: interval.map { "{\($0)}" })
    case .number(let number): return TeXTable.Cell(self.number(style.text(number), style))
    case .integer(let number): return TeXTable.Cell(self.number(style.text(number), style))
    case .unsigned(let number):
      return TeXTable.Cell(number.map(String.init) ?? TeXNumber.missing)
    case .flag(let flag): return TeXTable.Cell(flag.map { $0 ? "yes" : "no" } ?? TeXNumber.missing)
    case .text(let text): return TeXTable.Cell(text.map { TeXText.name($0) } ?? TeXNumber.missing)
    case .list(let list):
      return TeXTable.Cell(
        list.isEmpty
          ? TeXNumber.missing : list.map { cell($0, style).text }.joined(separator: ", "))
    case .blank: return TeXTable.Cell("")
    }
  }

  /// "< 0.001" is no number that mathematics could hold as it stands.
  private static func number(_ text: String, _ style: NumberStyle) -> String {
    style == .p && text != NumberFormat.missing
      ? TeXText.escaped(text) : TeXNumber.mathematics(text)
  }
}
