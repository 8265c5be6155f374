import Analysis

/// Whose a row is: a model, or a comparison of it with its reference.
package struct RowOwner: Sendable {
  package var subject: Subject
  /// As the user named it.
  package var model: String
  /// What the model is compared with; nil for its own numbers.
  package var reference: String?
  /// How pages and papers name the row.
  package var head: RowHead

  package var isDifference: Bool {
    if case .difference = subject { return true }
    return false
  }

  /// The model's place in the list, from 0.
  package var index: Int {
    switch subject {
    case .model(let model), .difference(let model): model
    }
  }
}

extension Column {
  /// Whose a row is, in files; pages and papers have it in front of the row.
  package static func model(_ owner: @escaping @Sendable (Row) -> RowOwner) -> Column {
    .text("model", in: .data) { owner($0).model }
  }

  /// What the row is a difference from, in files.
  package static func reference(_ owner: @escaping @Sendable (Row) -> RowOwner) -> Column {
    .text(
      "reference", help: "What the row is a difference from; empty for a model’s own.", in: .data
    ) { owner($0).reference }
  }
}
