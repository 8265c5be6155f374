/// Numbers that Swift and Python make alike, for fixtures too large to commit.
///
/// Knuth's MMIX generator: state = state · 6364136223846793005 + 1442695040888963407 mod 2⁶⁴, of which the top
/// 24 bits come out. Fixtures/twin.py holds the same in Python. Good enough for test data, for nothing else.
struct LinearCongruential {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// 24 bits.
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 40
  }

  /// 8 bits.
  mutating func byte() -> UInt8 { UInt8(next() >> 16) }

  mutating func index(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// k · 2⁻²³ − 1 in [−1, 1), exact in Float.
  mutating func signed() -> Float { Float(next()) * 0x1p-23 - 1 }

  /// `signed() · scale`, one rounding a value.
  mutating func values(_ count: Int, scale: Float) -> [Float] {
    (0..<count).map { _ in signed() * scale }
  }
}

/// The images of a recorded training: something to learn, made from a seed.
///
/// A coarse pattern for each class (8×8-pixel cells) half hidden by noise: pattern of class k from seed + 1000 + k,
/// labels from seed + 1, noise from seed + 2, pixel = (pattern + noise) >> 1.
struct PatternImages {
  /// [count, height, width, channels].
  var pixels: [UInt8]
  /// [count].
  var labels: [Int]

  init(seed: UInt64, count: Int, height: Int, width: Int, channels: Int, classes: Int) {
    let cell = 8
    let columns = (width + cell - 1) / cell
    let patterns = (0..<classes).map { index -> [UInt8] in
      var generator = LinearCongruential(seed: seed + 1000 + UInt64(index))
      let rows = (height + cell - 1) / cell
      return (0..<rows * columns * channels).map { _ in generator.byte() }
    }
    var labelling = LinearCongruential(seed: seed + 1)
    labels = (0..<count).map { _ in labelling.index(below: classes) }
    var noise = LinearCongruential(seed: seed + 2)
    pixels = []
    pixels.reserveCapacity(count * height * width * channels)
    for label in labels {
      for y in 0..<height {
        for x in 0..<width {
          let start = (y / cell * columns + x / cell) * channels
          for channel in 0..<channels {
            pixels.append(
              UInt8((Int(patterns[label][start + channel]) + Int(noise.byte())) >> 1))
          }
        }
      }
    }
  }

  /// What the twin feeds its network: pixel / 64 − 2, exact in Float.
  static func networkInput(_ pixels: some Sequence<UInt8>) -> [Float] {
    pixels.map { Float($0) / 64 - 2 }
  }
}
