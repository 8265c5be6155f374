import Analysis

/// A table with a row a model in each group, and one a difference from the reference; the template `table-grouped`.
struct GroupedTable {
  struct Column {
    var name: String
    /// A second, quieter line.
    var detail: String?

    init(_ name: String, _ detail: String? = nil) {
      self.name = name
      self.detail = detail
    }
  }

  /// What stands in a cell: a number, its interval below, and whether a difference is clear of 0.
  struct Cell {
    var value: String
    var interval: String?
    var isClear = false

    static let empty = Cell(value: "")

    static func number(
      _ estimate: Estimate?, _ format: (Double?) -> String = { NumberFormat.fixed($0) },
      isDifference: Bool = false
    ) -> Cell {
      Cell(
        value: format(estimate?.value), interval: NumberFormat.interval(estimate, format),
        isClear: isDifference && estimate?.excludesZero == true)
    }

    static func number(_ value: Double?, _ format: (Double?) -> String = { NumberFormat.fixed($0) })
      -> Cell
    {
      Cell(value: format(value))
    }

    static func count(_ value: Int?) -> Cell {
      Cell(value: value.map(NumberFormat.count) ?? NumberFormat.missing)
    }

    /// With a sign, bold where its interval excludes 0.
    /// - Parameter isComparable: false where the two sides differ in more than the model.
    static func difference(_ estimate: Estimate?, isComparable: Bool = true) -> Cell {
      number(estimate, { NumberFormat.signed($0) }, isDifference: isComparable)
    }
  }

  enum Row {
    /// - Parameter series: its place among the models that charts show.
    case model(String, series: Int?, [Cell])
    /// "Δ", and whose where there are several.
    case difference(String, [Cell])
    /// A row of no single model.
    case other(String, [Cell])
  }

  struct Group {
    var name: String
    var detail: String
    var rows: [Row]
  }

  /// The anchor.
  var id: String
  /// For assistive technology: "Table: agreement beyond chance".
  var label: String
  /// "Table 2.", set in bold before the caption.
  var number: String? = nil
  var caption: String
  /// The head of the column that names the groups.
  var groupColumn = "Exit"
  /// The head of the column that names a group's rows.
  var rowColumn = "Model"
  var columns: [Column]
  var groups: [Group]
  /// Less air between columns, for tables with many.
  var isDense = false

  var fields: Fields {
    [
      "tableId": .text(id), "tableLabel": .text(label), "tableCaption": .text(caption),
      "tableNumber": .optional(number),
      "groupColumn": .text(groupColumn), "rowColumn": .text(rowColumn),
      "isDense": .flag(isDense),
      "columns": .list(
        columns.map { ["columnName": .text($0.name), "columnDetail": .optional($0.detail)] }),
      "groups": .list(groups.map(fields)),
    ]
  }

  private func fields(_ group: Group) -> Fields {
    [
      "groupName": .text(group.name), "detail": .text(group.detail),
      "rowCount": .text(String(group.rows.count)),
      "rows": .list(group.rows.enumerated().map { fields($0.element, isFirst: $0.offset == 0) }),
    ]
  }

  private func fields(_ row: Row, isFirst: Bool) -> Fields {
    let (name, series, isDelta, cells): (String, Int?, Bool, [Cell]) =
      switch row {
      case .model(let name, let series, let cells): (name, series, false, cells)
      case .difference(let name, let cells): (name, nil, true, cells)
      case .other(let name, let cells): (name, nil, false, cells)
      }
    precondition(
      cells.count == columns.count, "\(columns.count) cells expected, got \(cells.count)")
    return [
      "name": .text(name), "series": .optional(series.map { "series-\($0)" }),
      "isFirst": .flag(isFirst), "isDelta": .flag(isDelta),
      "cells": .list(
        cells.map {
          [
            "value": .text($0.value), "interval": .optional($0.interval),
            "isClear": .flag($0.isClear),
          ]
        }),
    ]
  }
}
