import ArgumentParser

import enum Analysis.FlagKind

/// Which alerts `--strict` counts: all, the limits among them, or those named.
struct StrictAlerts: ExpressibleByArgument {
  static let every = "all"
  private static let limits = "limits"

  private let kinds: Set<FlagKind>

  init?(argument: String) {
    let parts = Self.parts(argument).map(Self.kinds)
    guard !parts.isEmpty, parts.allSatisfy({ $0 != nil }) else { return nil }
    kinds = parts.reduce(into: []) { $0.formUnion($1 ?? []) }
  }

  private static func parts(_ argument: String) -> [String] {
    argument.split { $0 == "," || $0 == " " }.map(String.init)
  }

  /// What one word stands for; nil where it is none.
  private static func kinds(_ word: String) -> Set<FlagKind>? {
    switch word {
    case every: Set(FlagKind.allCases)
    case limits: Set(FlagKind.allCases.filter { $0.severity == .limit })
    default: FlagKind(rawValue: word.uppercased()).map { [$0] }
    }
  }

  /// Whether a word behind `--strict` is its value: all of it has a meaning, or, in capitals, was meant to have one.
  static func belongs(_ word: String) -> Bool {
    let parts = parts(word)
    return !parts.isEmpty && parts.allSatisfy { kinds($0) != nil }
      || word.contains(where: \.isLetter)
        && word.allSatisfy { $0.isASCII && ($0.isUppercase || "-, ".contains($0)) }
  }

  func counts(_ kind: FlagKind?) -> Bool { kind.map(kinds.contains) ?? true }
}
