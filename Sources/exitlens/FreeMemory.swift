import Foundation

/// Memory that this process has freed and the allocator keeps for later.
enum FreeMemory {
  /// Gives it back to the system, where the C library can (glibc).
  static func giveBack() {
    // Swift's view of glibc lacks <malloc.h>.
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    typealias Trim = @convention(c) (Int) -> Int32
    _ = unsafeBitCast(symbol, to: Trim.self)(0)
  }
}
