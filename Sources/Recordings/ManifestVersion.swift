import Foundation

/// What a description gives as its version, where that is not the one that is read.
public enum ManifestVersion: Sendable, Equatable {
  case missing
  /// A number in quotes, or anything else that is no whole number, as it stands in the file.
  case notANumber(String)
  case other(Int)

  init(_ value: Any?) {
    switch value {
    case nil: self = .missing
    case let text as String: self = .notANumber("the text \"\(text)\"")
    case let number as Int: self = .other(number)
    case let value?: self = .notANumber("\(value)")
    }
  }

  var words: String {
    switch self {
    case .missing: "none"
    case .notANumber(let text): text
    case .other(let number): "\(number)"
    }
  }

  var hint: String {
    let current = RecordingManifest.currentFormatVersion
    return switch self {
    case .missing: "add \"formatVersion\": \(current)"
    case .notANumber: "write \"formatVersion\": \(current), a number without quotes"
    case .other: "record again with this version of exitlens"
    }
  }
}
