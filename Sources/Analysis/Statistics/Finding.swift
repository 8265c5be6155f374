/// The sign of a difference, as far as it was detected.
public enum Finding: Sendable, Equatable {
  case higher
  case lower
  /// The interval covers 0, or an exact test did not reject it.
  case notDetected

  /// nil without an interval.
  /// - Parameter p: of the same difference, not adjusted.
  init?(_ estimate: Estimate, p: Double?) {
    guard let low = estimate.low, let high = estimate.high else { return nil }
    if low <= 0 && high >= 0 || (p ?? 0) >= 0.05 {
      self = .notDetected
    } else {
      self = low > 0 ? .higher : .lower
    }
  }
}
