/// Where a measure is taken.
public enum Place: Hashable, Sendable {
  /// From 1.
  case exit(Int)
  /// The mean over the early exits: all but the final one.
  case early
  /// Where each image leaves at the audit's threshold.
  case earlyStop
  /// The mean over the early exits, over the samples of one class.
  case label(Int)
  /// An exit, over the samples of one class.
  case labelAtExit(Int, exit: Int)

  /// Those of a whole network, in the order in which they are printed.
  public static func all(exitCount: Int) -> [Place] {
    (1...exitCount).map { .exit($0) } + [.early, .earlyStop]
  }
}

/// What a number is about.
public enum Subject: Hashable, Sendable {
  /// A model, by its place in the list, from 0.
  case model(Int)
  /// That model − the reference, image by image.
  case difference(Int)
}
