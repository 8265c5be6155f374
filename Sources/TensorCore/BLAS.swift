import COpenBLAS
import FileKit

/// OpenBLAS: how it was opened, and its matrix product.
public enum BLAS {
  /// Which kernel runs, and who chose it.
  public struct Kernel: Sendable, Equatable {
    /// OpenBLAS's core name: "SkylakeX", "Haswell", …
    public let core: String
    /// "user" (OPENBLAS_CORETYPE was set), "exitlens" (chosen by CPU feature) or "openblas".
    public let chosenBy: String
    /// OpenBLAS's description of its build.
    public let library: String
  }

  /// Opens OpenBLAS; call it once before any product, so that a missing library is told in one line.
  public static func open() throws(TensorFault) -> Kernel {
    switch exl_blas_open() {
    case EXL_BLAS_READY: break
    case EXL_BLAS_NO_MEMORY: throw .noMemoryForBLAS(bytes: Int(EXL_BLAS_BUFFER_BYTES))
    default: throw .blasMissing(reason: String(cString: exl_blas_error()))
    }
    return Kernel(
      core: String(cString: exl_blas_core()), chosenBy: String(cString: exl_blas_chooser()),
      library: String(cString: exl_blas_config()))
  }

  private static let ready: Bool = exl_blas_open() == EXL_BLAS_READY

  /// C ← α·op(A)·op(B) + β·C, all row-major, on the calling thread.
  ///
  /// - Parameters:
  ///   - transposeA: whether A is stored [k, m] instead of [m, k].
  ///   - transposeB: whether B is stored [n, k] instead of [k, n].
  ///   - m: rows of C.
  ///   - n: columns of C.
  ///   - k: the summed extent.
  ///   - strideA: floats from one stored row of A to the next; likewise strideB and strideC.
  public static func multiply(
    transposeA: Bool = false, transposeB: Bool = false, m: Int, n: Int, k: Int, alpha: Float = 1,
    _ a: UnsafePointer<Float>, strideA: Int, _ b: UnsafePointer<Float>, strideB: Int,
    beta: Float = 0, into c: UnsafeMutablePointer<Float>, strideC: Int
  ) {
    precondition(ready, "OpenBLAS is not open; call BLAS.open() first")
    precondition(
      strideA >= (transposeA ? m : k) && strideB >= (transposeB ? k : n) && strideC >= n,
      "strides too short for \(m)×\(n)×\(k): A \(strideA), B \(strideB), C \(strideC)")
    exl_sgemm(
      transposeA ? 1 : 0, transposeB ? 1 : 0, Int32(m), Int32(n), Int32(k), alpha, a,
      Int32(strideA), b, Int32(strideB), beta, c, Int32(strideC))
  }
}
