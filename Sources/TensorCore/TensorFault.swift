import FileKit

/// What can go wrong below the network.
public enum TensorFault: Fault {
  case blasMissing(reason: String)

  public var diagnosis: Diagnosis {
    switch self {
    case .blasMissing(let reason):
      Diagnosis(
        .failed, "cannot open OpenBLAS", at: "libopenblas.so.0",
        expected: "Debian's libopenblas0-pthread", got: reason, hint: "run `make setup`")
    }
  }
}
