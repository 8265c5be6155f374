import FileKit

/// What can go wrong below the network.
public enum TensorFault: Fault {
  case blasMissing(reason: String)
  case noMemoryForBLAS(bytes: Int)

  /// The fault as a line for the user.
  public var diagnosis: Diagnosis {
    switch self {
    case .blasMissing(let reason):
      Diagnosis(
        .failed, "cannot open OpenBLAS", at: "libopenblas.so.0",
        expected: "Debian's libopenblas0-pthread", got: reason, hint: "run `make setup`")
    case .noMemoryForBLAS(let bytes):
      Diagnosis(
        .failed, "out of memory", at: "opening OpenBLAS",
        expected: "\(bytes >> 20) MiB of address space for each product that runs at a time",
        got: "not enough for one", hint: "raise `ulimit -v`, or end other programs")
    }
  }
}
