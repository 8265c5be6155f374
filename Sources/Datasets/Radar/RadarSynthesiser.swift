import Foundation
import TensorCore

/// The built-in data set: nine gestures before a simulated radar.
///
/// Every image has a random stream of its own, named by part and number, so that its bytes depend on
/// the seed and on nothing else: not on the number of threads, nor on which images are made with it.
/// (Another C library may round a sine otherwise; a pixel in a great many may then differ by one step.)
package enum RadarSynthesiser {
  /// The two parts that are simulated; a validation part is taken from training later.
  package enum Part: String, Sendable, CaseIterable {
    case training
    case test

    /// Images in the part: as many as in arXiv 2601.08891.
    package var count: Int { self == .training ? 1363 : 1364 }
  }

  /// People in each part; no one is in both.
  package static let peoplePerPart = 40

  /// The class of an image: classes take turns, so that no two differ by more than one image.
  package static func label(of number: Int) -> Int { number % RadarGesture.allCases.count }

  /// Simulates the first images of a part.
  /// - Parameters:
  ///   - seed: the data set's seed.
  ///   - count: how many; the whole part where nil.
  ///   - threads: how many images are simulated at a time; one a core where nil.
  /// - Returns: labels [count], pixels [count, 64, 64, 3].
  package static func images(
    seed: UInt64, part: Part, count: Int? = nil, threads: Int? = nil
  ) -> (labels: [Int], pixels: [UInt8]) {
    let numbers = Array(0..<(count ?? part.count))
    return (
      numbers.map(label(of:)), images(seed: seed, part: part, numbers: numbers, threads: threads)
    )
  }

  /// Simulates some images of a part.
  /// - Parameter numbers: which; numbers at or past the part's count work as well.
  /// - Returns: pixels [numbers.count, 64, 64, 3].
  package static func images(
    seed: UInt64, part: Part, numbers: [Int], threads: Int? = nil
  ) -> [UInt8] {
    let workers = max(
      1, min(threads ?? ProcessInfo.processInfo.activeProcessorCount, numbers.count))
    let size = RadarImage.byteCount
    return [UInt8](unsafeUninitializedCapacity: numbers.count * size) { buffer, initialized in
      initialized = numbers.count * size
      guard let base = buffer.baseAddress else { return }
      // Workers write to disjoint images.
      nonisolated(unsafe) let pixels = base
      ParallelLoop.forEach(workers) { worker in
        var simulator = RadarSimulator()
        for index in stride(from: worker, to: numbers.count, by: workers) {
          record(
            seed: seed, part: part, number: numbers[index], with: &simulator,
            to: pixels + index * size)
        }
      }
    }
  }

  /// Simulates one image.
  /// - Parameters:
  ///   - simulator: holds memory; what it recorded before does not matter.
  ///   - pixels: [64, 64, 3], overwritten.
  static func record(
    seed: UInt64, part: Part, number: Int, with simulator: inout RadarSimulator,
    to pixels: UnsafeMutablePointer<UInt8>
  ) {
    var generator = SeededGenerator(seed: seed, stream: "radar \(part.rawValue) image \(number)")
    let member = generator.index(below: peoplePerPart)
    var personGenerator = SeededGenerator(
      seed: seed, stream: "radar \(part.rawValue) person \(member)")
    let scene = RadarScene(
      RadarGesture.allCases[label(of: number)], by: RadarPerson(from: &personGenerator),
      from: &generator)
    simulator.record(scene, noise: ReceiverNoise(from: &generator), to: pixels)
  }
}
