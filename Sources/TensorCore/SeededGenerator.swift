import Glibc

/// A seeded random generator: xoshiro256** (Blackman and Vigna, 2018), its state filled by SplitMix64.
///
/// The same seed and stream give the same numbers on every machine. Streams are independent for all
/// practical purposes; use one for each purpose (initialisation, shuffling of epoch 3, …), so that a
/// change in one does not shift the others. Pass a generator on; never keep one in a global.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  private var spareNormal: Double?

  /// - Parameters:
  ///   - seed: the user's seed.
  ///   - stream: which of the seed's independent sequences.
  public init(seed: UInt64, stream: UInt64 = 0) {
    var mixer = SplitMix64(state: seed)
    var streamMixer = SplitMix64(state: stream ^ 0xA076_1D64_78BD_642F)
    func word() -> UInt64 { mixer.next() ^ streamMixer.next() }
    state = (word(), word(), word(), word())
    if state == (0, 0, 0, 0) { state.0 = 1 }
  }

  /// A stream named by a text, for readable call sites: `SeededGenerator(seed: 1, stream: "split")`.
  public init(seed: UInt64, stream name: String) {
    // FNV-1a, 64 bits.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    self.init(seed: seed, stream: hash)
  }

  /// 64 uniformly random bits.
  public mutating func next() -> UInt64 {
    let result = rotate(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, 45)
    return result
  }

  /// Uniform on [0, 1), 53 bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Uniform on [low, high).
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// Standard normal, by Marsaglia's polar method.
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square >= 1 || square == 0 { continue }
      let factor = (-2 * Glibc.log(square) / square).squareRoot()
      spareNormal = y * factor
      return x * factor
    }
  }

  /// A uniform integer in 0..<bound, free of modulo bias (Lemire).
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "index(below:) needs a positive bound, got \(bound)")
    return Int(next(upperBound: UInt64(bound)))
  }

  /// Draws `draws` indices below a bound, and adds 1 for each to its place: the indices of as many calls of
  /// `index(below:)`.
  /// - Parameter counts: [bound].
  public mutating func draw(
    _ draws: Int, countingInto counts: UnsafeMutablePointer<Float>, of bound: Int
  ) {
    precondition(bound > 0, "draw needs a positive bound, got \(bound)")
    // Lemire's method as the standard library has it, here to be inlined.
    let limit = UInt64(bound)
    let least = (0 &- limit) % limit
    for _ in 0..<draws {
      var product = next().multipliedFullWidth(by: limit)
      while product.low < least { product = next().multipliedFullWidth(by: limit) }
      counts[Int(product.high)] += 1
    }
  }

  /// The numbers 0..<count in random order (Fisher–Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    var last = count - 1
    while last > 0 {
      order.swapAt(last, index(below: last + 1))
      last -= 1
    }
    return order
  }

  private func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    (value << bits) | (value >> (64 - bits))
  }
}

private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
