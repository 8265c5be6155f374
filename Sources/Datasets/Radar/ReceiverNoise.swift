import TensorCore

/// Receiver noise: independent complex samples, eight receivers at a time.
///
/// A xorshift32 generator a lane (Marsaglia, 2003). Each part of a sample is the sum of two uniform
/// bytes: a triangular density, which the transforms' sums over 2,048 samples make normal.
package struct ReceiverNoise: Sendable {
  private var state: SIMD8<UInt32>

  /// Seeds the eight lanes with one number each from the generator.
  package init(from generator: inout SeededGenerator) {
    state = .zero
    for lane in 0..<8 {
      // Zero is the one state that xorshift never leaves.
      state[lane] = UInt32(truncatingIfNeeded: generator.next()) | 1
    }
  }

  /// One sample a receiver; real and imaginary part have mean 0 and variance 1/2.
  @inline(__always)
  package mutating func next() -> ComplexLanes {
    let word = advance()
    let low = word & SIMD8(repeating: 0x00FF_00FF)
    let high = (word &>> 8) & SIMD8(repeating: 0x00FF_00FF)
    // Two sums of two bytes, one in each half of the word: 0…510, mean 255, variance 65535/6.
    let sums = low &+ high
    let re = SIMD8<Int32>(truncatingIfNeeded: sums & SIMD8(repeating: 0xFFFF)) &- 255
    let im = SIMD8<Int32>(truncatingIfNeeded: sums &>> 16) &- 255
    let scale = Float(0.006_765_875)  // √(1/2 ÷ (65535/6))
    return ComplexLanes(re: SIMD8<Float>(re) * scale, im: SIMD8<Float>(im) * scale)
  }

  @inline(__always)
  private mutating func advance() -> SIMD8<UInt32> {
    state ^= state &<< 13
    state ^= state &>> 17
    state ^= state &<< 5
    return state
  }
}
