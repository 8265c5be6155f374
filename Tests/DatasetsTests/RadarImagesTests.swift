import Datasets
import FileKit
import Testing

/// The simulated images as data.
struct RadarImagesTests {
  private static let imageSize = 64 * 64 * 3

  private static func hash(seed: UInt64, part: RadarSynthesiser.Part, threads: Int?) -> String {
    SHA256.of(RadarSynthesiser.images(seed: seed, part: part, count: 18, threads: threads).pixels)
  }

  @Test func bytesDependOnTheSeedAlone() {
    let once = Self.hash(seed: 4, part: .training, threads: 1)
    #expect(Self.hash(seed: 4, part: .training, threads: 2) == once)
    #expect(Self.hash(seed: 4, part: .training, threads: 5) == once)
    #expect(Self.hash(seed: 5, part: .training, threads: 2) != once)
    #expect(Self.hash(seed: 4, part: .test, threads: 2) != once)
  }

  @Test func anImageIsTheSameInAnyCompany() {
    let many = RadarSynthesiser.images(seed: 1, part: .test, count: 12).pixels
    let few = RadarSynthesiser.images(seed: 1, part: .test, numbers: [10, 3])
    #expect(
      Array(few.prefix(Self.imageSize)) == Array(many[10 * Self.imageSize..<11 * Self.imageSize]))
    #expect(
      Array(few.suffix(Self.imageSize)) == Array(many[3 * Self.imageSize..<4 * Self.imageSize]))
    #expect(RadarSynthesiser.images(seed: 1, part: .test, count: 0).pixels.isEmpty)
  }

  @Test func imagesAreNeitherEmptyNorSaturatedNorAlike() {
    let count = 45
    let pixels = RadarSynthesiser.images(seed: 2, part: .training, count: count).pixels
    #expect(pixels.count == count * Self.imageSize)
    var seen: Set<[UInt8]> = []
    for image in 0..<count {
      let bytes = Array(pixels[image * Self.imageSize..<(image + 1) * Self.imageSize])
      seen.insert(bytes)
      for channel in 0..<3 {
        let values = stride(from: channel, to: bytes.count, by: 3).map { Double(bytes[$0]) }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(mean > 5 && mean < 150, "image \(image), channel \(channel): mean \(mean)")
        #expect(variance > 100, "image \(image), channel \(channel): variance \(variance)")
        // White is the 99.8th percentile, where that is 15 dB above the floor.
        #expect(values.max()! > 120, "image \(image), channel \(channel): too dark")
        let white = values.filter { $0 == 255 }.count
        #expect(white < values.count / 100)
        // The floor is the 30th percentile.
        let black = values.filter { $0 == 0 }.count
        #expect(black >= values.count * 3 / 10 && black < values.count * 9 / 10)
      }
    }
    #expect(seen.count == count)
  }
}
