/// How a bundle stores convolutions' weights; arithmetic is in single precision either way.
package enum EdgePrecision: String, Sendable, CaseIterable {
  /// IEEE 754 single precision.
  case float32
  /// IEEE 754 half precision: half the size.
  case float16

  /// A logit of the bundle may differ from ours by this share of the largest logit before `--check` fails. Sums in
  /// another order differ by a millionth; 11 bits of a weight by a few thousandths.
  var tolerance: Double {
    switch self {
    case .float32: 1e-4
    case .float16: 2e-2
    }
  }
}
