import Glibc

/// Logits to probabilities, for answers that people read.
enum Probabilities {
  /// exp(x − max) / Σ exp(x − max), in double precision.
  static func softmax(_ logits: UnsafeBufferPointer<Float>) -> [Double] {
    let largest = logits.max()!
    let exponentials = logits.map { exp(Double($0 - largest)) }
    let total = exponentials.reduce(0, +)
    return exponentials.map { $0 / total }
  }
}
