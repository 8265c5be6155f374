import CWinograd

/// C kernels for one instruction set, chosen when the program runs.
package struct WinogradKernels: Sendable {
  /// Constant tables of functions without state.
  nonisolated(unsafe) let table: exl_winograd_kernels

  /// "AVX-512", "AVX2" or "baseline" (SSE2; NEON on arm64).
  package var instructions: String { String(cString: table.name) }

  private init?(index: Int32) {
    guard let choice = exl_winograd_choice(index) else { return nil }
    table = choice.pointee
  }

  /// All that this CPU can run, the widest vectors first.
  package static let usable: [WinogradKernels] = (0..<3).compactMap { WinogradKernels(index: $0) }

  package static var best: WinogradKernels { usable[0] }
}

/// Which vector instructions the network's own kernels use on this machine.
public enum VectorInstructions {
  public static var name: String { WinogradKernels.best.instructions }
}
