import Glibc

/// One block of floats with one owner: aligned to 64 bytes, zeroed, freed when the owner goes.
///
/// Not copyable, so that two owners can never free one block. Pointers taken from it are valid only while
/// the owner lives.
public struct FloatMemory: ~Copyable, @unchecked Sendable {
  /// The first float.
  public let base: UnsafeMutablePointer<Float>
  /// How many floats there are.
  public let count: Int

  /// Allocates `count` zeros.
  public init(zeros count: Int) {
    precondition(count >= 0, "a block holds at least 0 floats, got \(count)")
    var raw: UnsafeMutableRawPointer?
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    guard posix_memalign(&raw, 64, bytes) == 0, let raw else {
      fatalError("out of memory: \(bytes) bytes")
    }
    memset(raw, 0, bytes)
    base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    self.count = count
  }

  deinit { free(base) }
}
