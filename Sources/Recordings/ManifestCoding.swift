import FileKit
import Foundation

/// `recording.json` as text: sorted keys, one value a line, the same bytes for the same manifest.
enum ManifestCoding {
  static func encode(_ manifest: RecordingManifest) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // A diverged run's history holds them, and must still be recorded.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try Array(encoder.encode(manifest)) + [UInt8(ascii: "\n")]
    } catch {
      fatalError("a manifest of plain values cannot be encoded: \(error)")
    }
  }

  /// - Parameter folder: the recording's folder, for messages.
  static func decode(
    _ bytes: [UInt8], folder: String
  ) throws(RecordingFault) -> RecordingManifest {
    if let key = CanonicalJSON.duplicateKey(in: bytes) {
      throw .malformedManifest(path: folder, field: key, reason: "the key twice")
    }
    let data = Data(bytes)
    guard let object = try? JSONSerialization.jsonObject(with: data) else {
      throw .malformedManifest(path: folder, field: "", reason: "text that is not JSON")
    }
    guard let members = object as? [String: Any] else {
      throw .malformedManifest(
        path: folder, field: "", reason: "something other than a JSON object")
    }
    // The version first: another version's other differences are of no interest.
    guard let version = members["formatVersion"] as? Int,
      version == RecordingManifest.currentFormatVersion
    else {
      throw .otherVersion(path: folder, got: ManifestVersion(members["formatVersion"]))
    }
    if let (key, known) = ManifestKeys.recording.firstUnknown(in: members) {
      throw .unknownKey(path: folder, key: key, known: known)
    }
    try ManifestGrids.check(members, folder: folder)
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decoder.decode(RecordingManifest.self, from: data)
    } catch let problem as ValueProblem {
      throw .wrongField(
        path: folder, field: problem.key, expected: problem.expected, got: problem.got)
    } catch let error as DecodingError {
      if let reason = CanonicalJSON.numberProblem(error, in: Array(data)) {
        throw .malformedManifest(path: folder, field: "", reason: reason)
      }
      let (field, reason) = describe(error)
      throw .malformedManifest(path: folder, field: field, reason: reason)
    } catch {
      throw .malformedManifest(path: folder, field: "", reason: "an unreadable value")
    }
  }

  private static func describe(_ error: DecodingError) -> (field: String, reason: String) {
    switch error {
    case .keyNotFound(let key, let context):
      (name(context.codingPath + [key]), "nothing: the key is missing")
    case .valueNotFound(let type, let context):
      (name(context.codingPath), "null where \(plain(type)) belongs")
    case .typeMismatch(let type, let context):
      (name(context.codingPath), "something other than \(plain(type))")
    case .dataCorrupted(let context): (name(context.codingPath), context.debugDescription)
    @unknown default: ("", "an unreadable value")
    }
  }

  /// exits[0].grid
  static func name(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { text, key in
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
  }

  private static func plain(_ type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Int.Type, is UInt64.Type: "a whole number"
    case is Double.Type: "a number"
    case is Bool.Type: "true or false"
    default: "\(type)".hasPrefix("Array") ? "a list" : "an object"
    }
  }
}
