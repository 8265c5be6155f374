/// What `attentionKind` may say: how an attention module normalised a recording's maps. Other maps leave it out;
/// what they are stands in `mapKind`.
public enum AttentionWord: String, Sendable, CaseIterable {
  /// A map sums to 1; checked.
  case softmax
  /// Values in 0…1; checked.
  case sigmoid

  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
