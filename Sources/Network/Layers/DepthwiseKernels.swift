import CDepthwise

/// C kernels of the depthwise convolution for one instruction set, chosen when the program runs.
package struct DepthwiseKernels: Sendable {
  /// Constant tables of functions without state.
  nonisolated(unsafe) let table: exl_depthwise_kernels

  /// "AVX-512", "AVX2" or "baseline" (SSE2; NEON on arm64).
  package var instructions: String { String(cString: table.name) }

  private init?(index: Int32) {
    guard let choice = exl_depthwise_choice(index) else { return nil }
    table = choice.pointee
  }

  /// All that this CPU can run, the widest vectors first.
  package static let usable: [DepthwiseKernels] = (0..<3).compactMap { DepthwiseKernels(index: $0) }

  package static var best: DepthwiseKernels { usable[0] }
}
