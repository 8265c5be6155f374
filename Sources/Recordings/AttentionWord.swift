/// What `attentionKind` may say of a recording's maps. Maps of another kind leave it out.
public enum AttentionWord: String, Sendable, CaseIterable {
  /// A map sums to 1; checked.
  case softmax
  /// Values in 0…1; checked.
  case sigmoid
  /// Grad-CAM after its ReLU.
  case gradCAM = "gradcam"
  /// The activations' energy: their mean square or mean magnitude over channels.
  case activation

  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
