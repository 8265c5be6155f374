/// What arXiv 2601.08891 reports, for a reader to put beside: from other data (9 classes, 1,363 training and 1,364 test
/// images) and another implementation, of single runs as far as the paper says.
public enum PublishedNumbers {
  public static let source = "arXiv 2601.08891"

  /// One row of its tables; nil where the number is not known here.
  public struct Row: Sendable {
    public var lambda: Double
    /// Mean over the early exits.
    public var consistency: Double?
    /// Of the final exit, a share.
    public var accuracy: Double?
  }

  public static let rows = [
    Row(lambda: 0, consistency: 0.693, accuracy: 0.9897),
    Row(lambda: 0.3, consistency: 0.821, accuracy: 0.9846),
    Row(lambda: 0.4, consistency: nil, accuracy: 0.9897),
  ]

  /// Milliseconds a sample, to the final exit and with an early stop at a confidence of 0.9.
  public static let finalMilliseconds = 3.6
  public static let earlyMilliseconds = 1.83
}
