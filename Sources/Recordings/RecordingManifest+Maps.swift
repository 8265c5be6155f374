/// What a recording's maps are.
extension RecordingManifest {
  /// The word for its maps, "Grad-CAM" as in "Grad-CAM maps": `mapKind`, else "attention" where `attentionKind` is given,
  /// else "map".
  public var mapWord: String { givenMapWord ?? "map" }

  /// The same, with how the maps were normalised: "softmax attention". nil where the recording gives neither.
  public var mapDescription: String? {
    guard let word = givenMapWord else { return nil }
    return attentionKind.map { "\($0) \(word)" } ?? word
  }

  /// `mapWord` where the recording gives it; nil where it is ours.
  public var givenMapWord: String? { mapKind ?? (attentionKind == nil ? nil : Self.attention) }

  /// Whether two recordings' maps may be compared, as far as they say what they are. "Grad-CAM" is "gradcam".
  public func hasMapsOfTheKind(of other: RecordingManifest) -> Bool {
    attentionKind == other.attentionKind && mapWord.plainName == other.mapWord.plainName
  }

  /// `mapKind` of maps that an attention module made.
  public static let attention = "attention"
}
