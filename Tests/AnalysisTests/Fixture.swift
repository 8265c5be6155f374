import Foundation

/// What is committed under Fixtures/, beside the scripts that made it.
enum Fixture {
  /// - Parameter name: a file or folder below Fixtures/.
  static func path(_ name: String) -> String {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return here.appendingPathComponent("Fixtures").appendingPathComponent(name).path
  }

  static func decode<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws
    -> Value
  {
    let data = try Data(contentsOf: URL(fileURLWithPath: path(name)))
    return try JSONDecoder().decode(type, from: data)
  }
}
