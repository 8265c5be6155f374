import Recordings

/// Warnings about the data that a recording says it was made from.
extension Flags {
  static func dataFlags(_ arm: ModelResult.Arm, _ recordings: [Recording]) -> [Flag] {
    let data = recordings.compactMap { $0.manifest.provenance?.data }
    return skippedImages(arm, data) + duplicates(arm, data) + otherData(arm, data)
  }

  private static func skippedImages(
    _ arm: ModelResult.Arm, _ data: [Provenance.DataProvenance]
  ) -> [Flag] {
    guard let count = data.compactMap({ $0.skipped?.count }).max(), count > 0 else { return [] }
    return [
      Flag(
        code: "SKIPPED-IMAGES", arm: arm.rawValue, exit: nil,
        message: "\(count) image file\(count == 1 ? "" : "s") could not be read and "
          + "\(count == 1 ? "is" : "are") missing from the data of \(words(arm)).")
    ]
  }

  private static func duplicates(
    _ arm: ModelResult.Arm, _ data: [Provenance.DataProvenance]
  ) -> [Flag] {
    guard let count = data.compactMap({ $0.duplicatesAcrossSplits?.count }).max(), count > 0 else {
      return []
    }
    return [
      Flag(
        code: "DUPLICATES", arm: arm.rawValue, exit: nil,
        message: "\(count) image\(count == 1 ? " lies" : "s lie") in more than one part of the "
          + "data of \(words(arm)) (training, validation, test), so accuracy there is too high.")
    ]
  }

  private static func otherData(
    _ arm: ModelResult.Arm, _ data: [Provenance.DataProvenance]
  ) -> [Flag] {
    guard data.contains(where: { $0.sameAsTraining == false }) else { return [] }
    return [
      Flag(
        code: "OTHER-DATA", arm: arm.rawValue, exit: nil,
        message: "The data of \(words(arm)) have another hash than those it was trained on: "
          + "training images may be among them.")
    ]
  }
}
