import CWinograd
import TensorCore

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

  /// Runs the body on each lane's part of some channels, in whole panels of a packed factor.
  func overPanels(
    of channels: Int, _ lanes: Lanes, _ body: (_ lane: Int, _ first: Int32, _ last: Int32) -> Void
  ) {
    let panel = EXL_WINOGRAD_CHANNELS
    lanes.run(over: channels / panel) { lane, panels in
      body(lane, Int32(panels.lowerBound * panel), Int32(panels.upperBound * panel))
    }
  }

  /// All that this CPU can run, the widest vectors first.
  package static let usable: [WinogradKernels] = (0..<3).compactMap { WinogradKernels(index: $0) }

  package static var best: WinogradKernels { usable[0] }
}

/// Which vector instructions the network's own kernels use on this machine.
package enum VectorInstructions {
  /// "AVX-512", "AVX2" or "baseline" (SSE2; NEON on arm64).
  package static var name: String { WinogradKernels.best.instructions }
}
