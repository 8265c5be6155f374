import Recordings
import TensorCore

/// Warnings about the samples themselves.
extension Flags {
  static func sampleFlags(_ subjects: FlagSubjects) throws(RecordingFault) -> [Flag] {
    var flags = zip(subjects.result.models, subjects.models).compactMap { model, recorded in
      otherSplit(model, recorded.recordings[0])
    }
    // Models of one group have the same samples, which are looked at once; images may be in one's recordings only.
    for group in subjects.groups.groups {
      let recordings = group.flatMap { subjects.models[$0].recordings }
      let isAll = group.count == subjects.models.count
      flags += try samples(
        of: recordings.first { $0.images != nil } ?? recordings[0],
        model: isAll ? nil : subjects.result.models[group[0]])
    }
    return flags
  }

  private static func otherSplit(_ model: ModelResult, _ recording: Recording) -> Flag? {
    let split = recording.manifest.split
    guard split.lowercased() != "test" else { return nil }
    return Flag(
      .otherSplit, model: model.index,
      "The recording of \(name(model)) is of the part “\(split.shortLine)”, not of the test part: "
        + "what was trained or chosen on these images does better on them than on others.")
  }

  private static func samples(
    of recording: Recording, model: ModelResult?
  ) throws(RecordingFault) -> [Flag] {
    guard recording.images != nil else {
      let digests = try RowDigest.answersAndMaps(recording)
      return repeated(digests, what: "have the same logits and maps as an earlier one", model)
    }
    let images = try ImageDigests(recording)
    return blank(images, model)
      + repeated(images.digests, what: "have the same pixels as an earlier one", model)
  }

  private static func repeated(_ digests: [Int], what: String, _ model: ModelResult?) -> [Flag] {
    let copies = digests.count - Set(digests).count
    guard copies > 0, Double(copies) >= FlagThresholds.repeatedShare * Double(digests.count) else {
      return []
    }
    return [
      Flag(
        .repeatedSamples, model: model?.index,
        "\(copies) of \(digests.count) samples \(what): intervals and tests take them for images of "
          + "their own and are too narrow.")
    ]
  }

  private static func blank(_ images: ImageDigests, _ model: ModelResult?) -> [Flag] {
    let (count, total) = (images.blank, images.digests.count)
    guard count > 0, Double(count) >= FlagThresholds.repeatedShare * Double(total) else {
      return []
    }
    let black = images.black == count ? "black" : "of one value throughout (\(images.black) black)"
    return [
      Flag(
        .blankImages, model: model?.index,
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
