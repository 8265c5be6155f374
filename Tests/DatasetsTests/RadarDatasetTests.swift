import Datasets
import FileKit
import TensorCore
import Testing

/// The radar set as training and reports see it.
struct RadarDatasetTests {
  /// Small parts: the whole set takes seconds.
  private static func options(
    training: Int = 36, test: Int = 18, size: Int = 64,
    colorMode: DatasetOptions.ColorMode = .automatic,
    classes: DatasetOptions.ClassSelection = .all, validation: Double = 0.25, seed: UInt64 = 0
  ) -> DatasetOptions {
    DatasetOptions(
      size: size, colorMode: colorMode, classes: classes, trainingCount: training, testCount: test,
      validationFraction: validation, seed: seed)
  }

  @Test func partsAreEvenAndImagesTheirOwn() throws {
    let dataset = try RadarSynthesiser.dataset(seed: 3, options: Self.options())
    #expect(dataset.name == "radar, seed 3")
    #expect(dataset.classNames == RadarGesture.allCases.map(\.name))
    #expect(dataset.size == GridSize(height: 64, width: 64))
    #expect(dataset.channels == 3)
    #expect(dataset.summary.counts["training"] == Array(repeating: 3, count: 9))
    #expect(dataset.summary.counts["validation"] == Array(repeating: 1, count: 9))
    #expect(dataset.summary.counts["test"] == Array(repeating: 2, count: 9))
    #expect(dataset.summary.duplicatesAcrossSplits.isEmpty)
    #expect(dataset.summary.skipped.isEmpty)

    // Identifiers name the image and its part; the pixels are those of that image, and of its class.
    for (split, part) in [
      (dataset.training, RadarSynthesiser.Part.training), (dataset.validation, .training),
      (dataset.test, .test),
    ] {
      #expect(split.pixels.count == split.count * RadarImage.byteCount)
      for (index, identifier) in split.identifiers.enumerated() {
        let pieces = identifier.split(separator: "/")
        #expect(pieces.count == 3 && pieces[0] == "radar" && pieces[1] == part.rawValue)
        let number = try #require(Int(pieces[2]))
        #expect(split.labels[index] == RadarSynthesiser.label(of: number))
        guard index == 0 else { continue }
        let picture = RadarSynthesiser.picture(seed: 3, part: part, number: number)
        #expect(Array(split.pixels.prefix(RadarImage.byteCount)) == picture.pixels)
      }
    }
  }

  @Test func theWholeSetHasThePapersCountsAsEvenlyAsPossible() {
    for part in RadarSynthesiser.Part.allCases {
      var counts = [Int](repeating: 0, count: 9)
      for number in 0..<part.count { counts[RadarSynthesiser.label(of: number)] += 1 }
      #expect(counts.reduce(0, +) == (part == .training ? 1363 : 1364))
      #expect(counts.max()! - counts.min()! <= 1)
    }
  }

  @Test func theHashFollowsBothSeeds() throws {
    func hash(_ seed: UInt64, drawing: UInt64) throws -> String {
      try RadarSynthesiser.dataset(
        seed: seed, options: Self.options(training: 9, test: 9, validation: 0, seed: drawing)
      ).summary.hash
    }
    let once = try hash(3, drawing: 0)
    #expect(try hash(3, drawing: 0) == once)
    #expect(try hash(4, drawing: 0) != once)
    #expect(try hash(3, drawing: 1) != once)
  }

  @Test func classesSizeAndColourFollowTheOptions() throws {
    let dataset = try RadarSynthesiser.dataset(
      seed: 3,
      options: Self.options(
        training: 8, test: 4, size: 32, colorMode: .grey, classes: .named(["wave", "push"]),
        validation: 0))
    #expect(dataset.classNames == ["push", "wave"])
    #expect(dataset.channels == 1)
    #expect(dataset.size == GridSize(height: 32, width: 32))
    #expect(dataset.training.pixels.count == 8 * 32 * 32)
    for (label, identifier) in zip(dataset.test.labels, dataset.test.identifiers) {
      let number = try #require(Int(identifier.split(separator: "/")[2]))
      #expect(RadarGesture(rawValue: number % 9) == (label == 0 ? .push : .wave))
    }
    #expect(Set(dataset.training.pixels).count > 30)
  }

  @Test func progressReachesTheEnd() throws {
    var last = (0, 0)
    _ = try RadarSynthesiser.dataset(
      seed: 0, options: Self.options(training: 9, test: 9, validation: 0)
    ) {
      #expect($0 >= last.0)
      last = ($0, $1)
    }
    #expect(last == (18, 18))
  }

  @Test func impossibleWishesAreFaults() {
    func fault(_ options: DatasetOptions) -> String? {
      do throws(DatasetFault) {
        _ = try RadarSynthesiser.dataset(seed: 0, options: options)
        return nil
      } catch {
        return error.description
      }
    }
    let many = fault(Self.options(training: 1364))
    #expect(many?.contains("1364") == true && many?.contains("1363") == true)
    #expect(fault(Self.options(classes: .named(["push", "shove"])))?.contains("shove") == true)
    #expect(fault(Self.options(classes: .first(10))) != nil)
    #expect(fault(Self.options(validation: 1)) != nil)
  }
}
