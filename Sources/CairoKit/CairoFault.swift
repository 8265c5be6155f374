import FileKit

/// What can go wrong while drawing.
package enum CairoFault: Fault {
  case failed(operation: String, status: String)
  case fontMissing(path: String)
  case fontDamaged(path: String)

  /// The message; its exit code is 1, 66 for a missing font, 65 for a damaged one.
  package var diagnosis: Diagnosis {
    switch self {
    case .failed(let operation, let status):
      Diagnosis(.failed, "Cairo failed", at: operation, got: status)
    case .fontMissing(let path):
      Diagnosis(
        .noInput, "font not found", at: path, expected: "a TrueType file",
        hint: "install Debian's fonts-liberation or name another with --font")
    case .fontDamaged(let path):
      Diagnosis(
        .badData, "font cannot be used", at: path,
        expected: "a whole TrueType file with the letters and digits of ASCII",
        hint: "name another with --font")
    }
  }
}
