import Analysis

/// A table as the fields of the template `table`.
package enum PageTableWriter {
  /// A table without a layout has no page: an error of the program.
  package static func fields<Row>(_ table: Table<Row>) -> Fields {
    guard let layout = table.layout else { preconditionFailure("a table on a page has a layout") }
    let columns = table.columns(for: .page)
    let groups = layout.groups(table.rows(for: .page))
    return [
      "tableId": .text(layout.id), "tableLabel": .text(layout.label),
      "tableNumber": .optional(layout.number), "tableCaption": .text(layout.caption),
      "hasFiles": .flag(!layout.files.isEmpty),
      "files": .list(
        layout.files.enumerated().map { ["file": .text($1), "isLater": .flag($0 > 0)] }),
      "isGrouped": .flag(layout.group != nil), "isDense": .flag(layout.isDense),
      "groupColumn": .text(layout.groupColumn), "rowColumn": .text(layout.rowColumn),
      "columns": .list(columns.map(head)),
      "groups": .list(
        groups.map { group in
          [
            "isMean": .flag(group.head?.isMean == true),
            "rows": .list(
              group.rows.enumerated().map { place, row in
                self.row(
                  row, layout.head(row), columns,
                  opens: place == 0 ? group.head : nil, count: group.rows.count)
              }),
          ]
        }),
    ]
  }

  /// A row, with its group's name in front where it is the first.
  private static func row<Row>(
    _ row: Row, _ head: RowHead, _ columns: [Column<Row>], opens group: GroupHead?, count: Int
  ) -> Fields {
    [
      "group": .optional(
        group.map {
          [
            "groupName": .text($0.name), "groupDetail": .optional($0.detail.nilIfEmpty),
            "rowCount": .text(String(count)),
          ] as Fields
        }),
      "name": .text(DisplayText.name(head.name)), "series": series(head.series),
      "isDelta": .flag(head.isDifference),
      "cells": .list(columns.map { cell($0.value(row), $0.style(of: row)) }),
    ]
  }

  /// The class that gives a model's mark its colour and shape: "series-0".
  private static func series(_ place: Int?) -> TemplateValue {
    .optional(place.map { "series-\($0)" })
  }

  private static func head<Row>(_ column: Column<Row>) -> Fields {
    [
      "columnName": .text(column.title), "columnDetail": .optional(column.detail),
      "columnHelp": .optional(column.help), "isWord": .flag(column.style == .text),
    ]
  }

  private static func cell(_ value: TableValue, _ style: NumberStyle) -> Fields {
    var fields: Fields = [
      "value": .text(text(value, style)), "deviation": false, "interval": false, "note": false,
      "isClear": false, "isWord": .flag(style == .text),
    ]
    if case .measured(let measured) = value {
      let style = measured.isDifference ? style.ofDifference : style
      fields["value"] = .text(style.text(measured.estimate?.value))
      fields["deviation"] = .optional(measured.deviation.map { style.unsigned.text($0) })
      fields["interval"] = .optional(
        measured.deviation == nil
          ? NumberFormat.interval(measured.estimate) { style.bound($0, of: measured.estimate) }
          : nil)
      fields["note"] = .optional(measured.note)
      fields["isClear"] = .flag(measured.isClear)
    }
    return fields
  }

  private static func text(_ value: TableValue, _ style: NumberStyle) -> String {
    switch value {
    case .measured(let measured): style.text(measured.estimate?.value)
    case .number(let number): style.text(number)
    case .integer(let number): style.text(number)
    case .unsigned(let number): number.map(String.init) ?? NumberFormat.missing
    case .flag(let flag): flag.map { $0 ? "yes" : "no" } ?? NumberFormat.missing
    case .text(let text): text.map { DisplayText.name($0) } ?? NumberFormat.missing
    case .list(let list):
      list.isEmpty
        ? NumberFormat.missing : list.map { text($0, style) }.joined(separator: ", ")
    case .blank: ""
    }
  }
}

extension Table {
  /// As the fields of the template `table`.
  var pageFields: Fields { PageTableWriter.fields(self) }
}

extension String {
  fileprivate var nilIfEmpty: String? { isEmpty ? nil : self }
}
