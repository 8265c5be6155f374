import TensorCore

/// Makes a dataset of labelled images, a plan of its parts, and a way to get at an image's pixels.
package enum DatasetAssembler {
  /// - Parameters:
  ///   - images: what the data hold.
  ///   - plan: which of them make up which part.
  ///   - channels: 1 or 3.
  ///   - skipped: images left out before, for the summary.
  ///   - notes: what else the summary says.
  ///   - progress: told (images done, images in all) now and then.
  ///   - paint: writes the pixels of the image of an index, [height, width, channels]. It is called
  ///     once for each planned image, from several threads at a time.
  package static func assemble(
    _ images: LabelledImages, plan: SplitPlan, size: GridSize, channels: Int,
    skipped: [DatasetSummary.Skipped] = [], notes: [DatasetSummary.Note] = [],
    progress: ((Int, Int) -> Void)? = nil,
    paint: @Sendable (Int, UnsafeMutablePointer<UInt8>) -> Void
  ) -> ImageDataset {
    let imageSize = size.count * channels
    let total = DatasetPart.allCases.reduce(0) { $0 + plan.indices(of: $1).count }
    var done = 0
    func split(_ part: DatasetPart) -> ImageSplit {
      let indices = plan.indices(of: part)
      let pixels = [UInt8](unsafeUninitializedCapacity: indices.count * imageSize) {
        buffer, count in
        count = indices.count * imageSize
        // Each call writes one image's bytes, and no two the same.
        guard let base = buffer.baseAddress else { return }
        nonisolated(unsafe) let start = base
        ParallelLoop.forEach(indices.count) { part, _ in
          progress?(done + part, total)
        } body: { position in
          paint(indices[position], start + position * imageSize)
        }
      }
      done += indices.count
      return ImageSplit(
        pixels: pixels, labels: indices.map { images.labels[$0] },
        identifiers: indices.map { images.identifiers[$0] })
    }
    let training = split(.training)
    let validation = split(.validation)
    let test = split(.test)
    return ImageDataset(
      name: images.name, classNames: images.classNames, size: size, channels: channels,
      training: training, validation: validation, test: test,
      summary: DatasetSummary(
        describing: [(.training, training), (.validation, validation), (.test, test)],
        classNames: images.classNames, skipped: skipped, notes: notes))
  }
}
