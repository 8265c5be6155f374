/// What arXiv 2601.08891 reports, for a reader to put beside: from other data (9 classes, 1,363 training and 1,364 test
/// images) and another implementation, of single runs as far as the paper says.
public enum PublishedNumbers {
  /// As a reader would look it up.
  public static let source = "arXiv 2601.08891"

  /// One row of its tables; nil where the number is not known here.
  public struct Row: Sendable {
    /// The weight of the consistency term; 0 for the baseline.
    public var lambda: Double
    /// Mean over the early exits.
    public var consistency: Double?
    /// Of the final exit, a share.
    public var accuracy: Double?
  }

  /// Baseline, λ = 0.3 and λ = 0.4.
  public static let rows = [
    Row(lambda: 0, consistency: 0.693, accuracy: 0.9897),
    Row(lambda: 0.3, consistency: 0.821, accuracy: 0.9846),
    Row(lambda: 0.4, consistency: nil, accuracy: 0.9897),
  ]

  /// Milliseconds a sample, to the final exit and with an early stop at a confidence of 0.9.
  public static let finalMilliseconds = 3.6
  /// With the early stop.
  public static let earlyMilliseconds = 1.83
}
