/// A path and what the user knows it as: "DATA", "--out".
public struct NamedPath: Sendable {
  public var name: String
  public var path: String

  public init(_ name: String, _ path: String) {
    self.name = name
    self.path = path
  }
}
