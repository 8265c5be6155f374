/// Which ExitLens this is.
public enum Release {
  public static let version = "0.1.0"
  /// As printed in files: "exitlens 0.1.0".
  public static let producer = "exitlens \(version)"
}
