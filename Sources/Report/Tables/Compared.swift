import Analysis

/// A row of a table that has rows for models and rows for their differences from the reference.
package struct Compared<Model: Sendable, Difference: Sendable>: Sendable {
  package enum Side: Sendable {
    case model(Model)
    case difference(Difference)
  }

  package var group: GroupHead
  package var head: RowHead
  package var side: Side

  package init(_ group: GroupHead, _ head: RowHead, model: Model) {
    self.group = group
    self.head = head
    side = .model(model)
  }

  package init(_ group: GroupHead, _ head: RowHead, difference: Difference) {
    self.group = group
    self.head = head
    side = .difference(difference)
  }

  package var model: Model? {
    if case .model(let model) = side { return model }
    return nil
  }

  package var difference: Difference? {
    if case .difference(let difference) = side { return difference }
    return nil
  }
}

extension Column {
  /// A column that rows of models and rows of differences fill from different places.
  package static func compared<Model, Difference>(
    _ key: String, _ title: String = "", _ detail: String? = nil, _ style: NumberStyle = .fixed,
    help: String? = nil, in writers: TableWriters = .all, hasBounds: Bool = true,
    model: @escaping @Sendable (Model) -> TableValue,
    difference: @escaping @Sendable (Difference) -> TableValue = { _ in .blank }
  ) -> Column where Row == Compared<Model, Difference> {
    Column(key, title, detail, style, help: help, in: writers, hasBounds: hasBounds) { row in
      switch row.side {
      case .model(let side): model(side)
      case .difference(let side): difference(side)
      }
    }
  }
}
