/// A path and what the user knows it as: "DATA", "--out".
public struct NamedPath: Sendable {
  /// As the user knows it: "--out".
  public var name: String
  /// As the user gave it, absolute or relative.
  public var path: String

  /// A path under a name for messages.
  public init(_ name: String, _ path: String) {
    self.name = name
    self.path = path
  }
}
