import FileKit

/// Files made by Python (see make_safetensors.py beside them), and damaged ones made here.
enum SafetensorsFixture {
  static func path(_ name: String) -> String {
    let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(tests)/AnalysisTests/Fixtures/safetensors/\(name)"
  }

  static func contents(_ name: String) throws -> [UInt8] {
    try Files.read(path(name))
  }

  /// A file of a header alone.
  static func file(_ header: String, lengthWord: UInt64? = nil) -> [UInt8] {
    withUnsafeBytes(of: (lengthWord ?? UInt64(header.utf8.count)).littleEndian) { Array($0) }
      + Array(header.utf8)
  }

  /// A file of one tensor, by default a sound one.
  static func one(
    type: String = "F32", shape: String = "[1]", offsets: String = "[0,4]", data: Int = 4,
    extra: String = ""
  ) -> [UInt8] {
    file("{\"a\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)\(extra)}}")
      + [UInt8](repeating: 0, count: data)
  }

  /// A file of two tensors of four bytes each, the first at byte 0.
  static func two(name: String = "b", second: String, data: Int) -> [UInt8] {
    file(
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
        + "\"\(name)\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":\(second)}}")
      + [UInt8](repeating: 0, count: data)
  }
}
