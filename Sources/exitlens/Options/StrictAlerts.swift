import ArgumentParser

import enum Analysis.FlagKind

/// Which alerts `--strict` counts: all, the limits among them, or those named.
struct StrictAlerts: ExpressibleByArgument {
  static let every = "all"
  private static let limits = "limits"

  private let kinds: Set<FlagKind>

  init?(argument: String) {
    switch argument {
    case Self.every: kinds = Set(FlagKind.allCases)
    case Self.limits: kinds = Set(FlagKind.allCases.filter { $0.severity == .limit })
    default:
      let parts = argument.split { $0 == "," || $0 == " " }
      let known = parts.compactMap { FlagKind(rawValue: $0.uppercased()) }
      guard !known.isEmpty, known.count == parts.count else { return nil }
      kinds = Set(known)
    }
  }

  /// Whether a word behind `--strict` is its value: in capitals, it was meant to be one.
  static func belongs(_ word: String) -> Bool {
    word == every || word == limits
      || word.contains(where: \.isLetter)
        && word.allSatisfy { $0.isASCII && ($0.isUppercase || $0 == "-" || $0 == ",") }
  }

  func counts(_ kind: FlagKind?) -> Bool { kind.map(kinds.contains) ?? true }
}
