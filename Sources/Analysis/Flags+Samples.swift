import Recordings
import TensorCore

/// Warnings about the samples themselves.
extension Flags {
  /// - Parameter areShared: whether both arms have the same samples, which are then looked at once.
  static func sampleFlags(
    _ baseline: [Recording], _ egt: [Recording], areShared: Bool
  ) throws(RecordingFault) -> [Flag] {
    let splits = [(ModelResult.Arm.baseline, baseline[0]), (.egt, egt[0])]
      .compactMap { arm, recording in otherSplit(arm, recording) }
    if areShared {
      // Images may be in one arm's recordings only.
      let withImages = (baseline + egt).first { $0.images != nil }
      return splits + (try samples(of: withImages ?? baseline[0], arm: nil))
    }
    return splits + (try samples(of: baseline[0], arm: .baseline))
      + (try samples(of: egt[0], arm: .egt))
  }

  private static func otherSplit(_ arm: ModelResult.Arm, _ recording: Recording) -> Flag? {
    let split = recording.manifest.split
    guard split.lowercased() != "test" else { return nil }
    return Flag(
      .otherSplit, arm: arm,
      "The recording of \(words(arm)) is of the part “\(split.shortLine)”, not of the test part: "
        + "what was trained or chosen on these images does better on them than on others.")
  }

  private static func samples(
    of recording: Recording, arm: ModelResult.Arm?
  ) throws(RecordingFault) -> [Flag] {
    guard recording.images != nil else {
      let digests = try RowDigest.answersAndMaps(recording)
      return repeated(digests, what: "have the same logits and maps as an earlier one", arm)
    }
    let images = try ImageDigests(recording)
    return blank(images, arm)
      + repeated(images.digests, what: "have the same pixels as an earlier one", arm)
  }

  private static func repeated(_ digests: [Int], what: String, _ arm: ModelResult.Arm?) -> [Flag] {
    let copies = digests.count - Set(digests).count
    guard copies > 0, Double(copies) >= FlagThresholds.repeatedShare * Double(digests.count) else {
      return []
    }
    return [
      Flag(
        .repeatedSamples, arm: arm,
        "\(copies) of \(digests.count) samples \(what): intervals and tests take them for images of "
          + "their own and are too narrow.")
    ]
  }

  private static func blank(_ images: ImageDigests, _ arm: ModelResult.Arm?) -> [Flag] {
    let (count, total) = (images.blank, images.digests.count)
    guard count > 0, Double(count) >= FlagThresholds.repeatedShare * Double(total) else {
      return []
    }
    let black = images.black == count ? "black" : "of one value throughout (\(images.black) black)"
    return [
      Flag(
        .blankImages, arm: arm,
        "\(count) of \(total) images are \(black): nobody can see on them where an exit looked. Were "
          + "they scaled to 0…1 before they became bytes?")
    ]
  }
}

/// A recording's images, looked at once.
private struct ImageDigests {
  private(set) var digests: [Int] = []
  /// Images whose bytes are all the same, and those of them that are all 0.
  private(set) var blank = 0
  private(set) var black = 0

  /// - Parameter recording: with images.
  init(_ recording: Recording) throws(RecordingFault) {
    digests.reserveCapacity(recording.sampleCount)
    for sample in 0..<recording.sampleCount {
      let pixels = try recording.pixels(of: sample)!
      pixels.withUnsafeBytes { bytes in
        var hasher = Hasher()
        hasher.combine(bytes: bytes)
        digests.append(hasher.finalize())
        guard let first = bytes.first, bytes.allSatisfy({ $0 == first }) else { return }
        blank += 1
        if first == 0 { black += 1 }
      }
    }
  }
}
