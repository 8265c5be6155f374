import FileKit
import Foundation

/// A folder of one test's own, removed afterwards.
@discardableResult
func inScratch<Value>(_ body: (String) throws -> Value) throws -> Value {
  let path = FileManager.default.temporaryDirectory.path + "/report-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// Every file below a folder, sorted, with its bytes.
func files(below folder: String) throws -> [(name: String, bytes: [UInt8])] {
  var result: [(String, [UInt8])] = []
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
  where !Files.isFolder("\(folder)/\(name)") {
    result.append((name, try Files.read("\(folder)/\(name)")))
  }
  return result
}

func text(_ path: String) throws -> String {
  String(decoding: try Files.read(path), as: UTF8.self)
}
