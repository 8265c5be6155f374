/// Where the parts of an arena lie: reserve every part first, then allocate once.
public struct ArenaLayout: Sendable {
  /// A part of an arena.
  public struct Slot: Sendable, Hashable {
    /// Floats before the part; a multiple of 16.
    public let offset: Int
    /// Floats of the part, padding not counted.
    public let count: Int
  }

  /// The floats reserved so far, padding included.
  public private(set) var count = 0

  /// The bytes of an arena of this layout.
  public var byteCount: Int { count * MemoryLayout<Float>.stride }

  /// Without parts.
  public init() {}

  /// Reserves `count` floats, aligned to a cache line.
  public mutating func reserve(_ count: Int) -> Slot {
    precondition(count >= 0, "a slot holds at least 0 floats, got \(count)")
    let slot = Slot(offset: self.count, count: count)
    self.count += (count + 15) / 16 * 16
    return slot
  }
}

/// Floats allocated once and handed out by slot. Padding between slots stays zero.
public final class Arena: @unchecked Sendable {
  private let memory: FloatMemory

  /// All of the layout's floats, zero.
  public init(_ layout: ArenaLayout) {
    memory = FloatMemory(zeros: layout.count)
  }

  /// All floats, padding included.
  public var all: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: memory.base, count: memory.count)
  }

  /// The first float of a slot; valid while the arena lives.
  public subscript(slot: ArenaLayout.Slot) -> UnsafeMutablePointer<Float> {
    precondition(
      slot.offset + slot.count <= memory.count,
      "slot \(slot.offset)+\(slot.count) lies outside an arena of \(memory.count) floats")
    return memory.base + slot.offset
  }

  /// Sets every float to zero.
  public func clear() {
    memory.base.update(repeating: 0, count: memory.count)
  }
}
