import FileKit
import Foundation
import TensorCore

extension Scratch {
  /// Puts another value into a JSON file, as it stands, whatever it is.
  /// - Parameter path: "configuration.widths.0".
  func set(_ path: String, to value: String, in name: String) throws {
    func changed(_ json: Any, _ keys: ArraySlice<Substring>) -> Any {
      guard let key = keys.first else { return Self.mark }
      if var list = json as? [Any], let index = Int(key) {
        list[index] = changed(list[index], keys.dropFirst())
        return list
      }
      var members = json as? [String: Any] ?? [:]
      members[String(key)] = changed(members[String(key)] ?? [String: Any](), keys.dropFirst())
      return members
    }
    let json = try JSONSerialization.jsonObject(with: Data(try Files.read(self(name))))
    let data = try JSONSerialization.data(
      withJSONObject: changed(json, path.split(separator: ".")[...]))
    let text = String(decoding: data, as: UTF8.self)
    try Files.write(text.replacingOccurrences(of: "\"\(Self.mark)\"", with: value), to: self(name))
  }

  private static let mark = "@value@"

  /// Puts other texts into a tensor file's metadata, and another number, everywhere, into some of its tensors.
  func edit(
    _ name: String, metadata: [String: String] = [:], tensors: [String: Float] = [:]
  ) throws {
    let reader = try SafetensorsReader(path: self(name))
    var writer = SafetensorsWriter(metadata: reader.metadata.merging(metadata) { $1 })
    for name in reader.names {
      var values = try reader.floats(named: name)
      if let value = tensors[name] { values = values.map { _ in value } }
      writer.add(name, values, shape: try reader.tensor(named: name).shape)
    }
    try writer.write(to: self(name))
  }
}
