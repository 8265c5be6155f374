import Foundation

/// JSON with sorted keys and a fixed layout: the same bytes for the same value.
package enum CanonicalJSON {
  /// Encodes a value whose numbers are all finite.
  package static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    } catch {
      preconditionFailure("\(type(of: value)) has no JSON: \(error)")
    }
  }

  /// A document's "formatVersion", to be asked for first: another version's fields may have other shapes.
  package static func formatVersion(of bytes: [UInt8]) -> Result<Int, JSONProblem> {
    struct Version: Decodable { var formatVersion: Int }
    return decode(Version.self, from: bytes).map(\.formatVersion)
  }

  /// Where a key stands twice in one object, as "exits[0].macs"; nil where none does.
  ///
  /// Every document is asked this before it is decoded: Foundation takes one of the two without a word.
  package static func duplicateKey(in bytes: [UInt8]) -> String? { JSONKeys.duplicate(in: bytes) }

  /// What is wrong where a number's type cannot hold it; nil where something else is.
  ///
  /// Foundation says of 1.5 for a whole number, and of 1e19, that the JSON is not valid, and not where.
  package static func numberProblem(_ error: DecodingError, in bytes: [UInt8]) -> String? {
    guard case .dataCorrupted(let context) = error, context.codingPath.isEmpty,
      (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
    else { return nil }
    return "a number with a fraction, or a too large one, where a whole number belongs"
  }

  /// Decodes a value; on failure, a sentence that says where and why. A key that stands twice is a failure.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8]
  ) -> Result<Value, JSONProblem> {
    if let key = duplicateKey(in: bytes) {
      return .failure(JSONProblem(sentence: "\(key) stands there twice"))
    }
    do {
      return .success(try JSONDecoder().decode(type, from: Data(bytes)))
    } catch let error as DecodingError {
      if let sentence = numberProblem(error, in: bytes) {
        return .failure(JSONProblem(sentence: sentence))
      }
      return .failure(JSONProblem(error))
    } catch {
      return .failure(JSONProblem(sentence: "it is not JSON"))
    }
  }
}

/// What is wrong with a JSON text.
package struct JSONProblem: Error, Sendable, Equatable {
  /// "exits[2].grid: a number was expected".
  package let sentence: String

  init(sentence: String) { self.sentence = sentence }

  init(_ error: DecodingError) {
    func place(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      var text = ""
      for key in context.codingPath + [last].compactMap({ $0 }) {
        if let index = key.intValue {
          text += "[\(index)]"
        } else {
          text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
        }
      }
      return text.isEmpty ? "the top level" : text
    }
    switch error {
    case .keyNotFound(let key, let context):
      sentence = "\(place(context, key)) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      sentence = "\(place(context)): \(context.debugDescription)"
    case .dataCorrupted(let context):
      sentence =
        context.codingPath.isEmpty
        ? "it is not JSON" : "\(place(context)): \(context.debugDescription)"
    @unknown default:
      sentence = "it cannot be read"
    }
  }
}
