import Recordings

/// Warnings about the data that a recording says it was made from.
extension Flags {
  static func dataFlags(_ model: ModelResult, _ recordings: [Recording]) -> [Flag] {
    let data = recordings.compactMap { $0.manifest.provenance?.data }
    return skippedImages(model, data) + duplicates(model, data) + otherData(model, data)
  }

  private static func skippedImages(
    _ model: ModelResult, _ data: [Provenance.DataProvenance]
  ) -> [Flag] {
    guard let count = data.compactMap({ $0.skipped?.count }).max(), count > 0 else { return [] }
    return [
      Flag(
        .skippedImages, model: model.index,
        "\(count) image file\(count == 1 ? "" : "s") could not be read and "
          + "\(count == 1 ? "is" : "are") missing from the data of \(name(model)).")
    ]
  }

  private static func duplicates(
    _ model: ModelResult, _ data: [Provenance.DataProvenance]
  ) -> [Flag] {
    guard let count = data.compactMap({ $0.duplicatesAcrossSplits?.count }).max(), count > 0 else {
      return []
    }
    return [
      Flag(
        .duplicates, model: model.index,
        "\(count) image\(count == 1 ? " lies" : "s lie") in more than one part of the "
          + "data of \(name(model)) (training, validation, test), so accuracy there is too high.")
    ]
  }

  private static func otherData(
    _ model: ModelResult, _ data: [Provenance.DataProvenance]
  ) -> [Flag] {
    guard data.contains(where: { $0.sameAsTraining == false }) else { return [] }
    return [
      Flag(
        .otherData, model: model.index,
        "The data of \(name(model)) have another hash than those it was trained on: "
          + "training images may be among them.")
    ]
  }
}
