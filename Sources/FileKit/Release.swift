/// Which ExitLens this is.
package enum Release {
  /// Major, minor and patch number, without a leading "v".
  package static let version = "0.1.0"
  /// As printed in files: "exitlens 0.1.0".
  package static let producer = "exitlens \(version)"
}
