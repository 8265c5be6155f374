import ImageCodec
import TensorCore

extension ImageFolder {
  /// More than this part of bad images stops the load.
  static let toleratedBadPart = 0.05

  private enum Outcome: Sendable {
    /// Resized, with one channel where every pixel is a grey.
    case image(channels: Int, pixels: [UInt8])
    case bad(reason: String)
  }

  /// Decodes the files of the chosen classes and makes a dataset of the good ones.
  func load(
    name: String, location: String, options: DatasetOptions, progress: ((Int, Int) -> Void)?
  ) throws(DatasetFault) -> ImageDataset {
    let choice = try ClassChoice(options.classes, of: classNames, at: location)
    let files = self.files.compactMap { file -> File? in
      guard let label = choice.newLabel(of: file.label) else { return nil }
      var file = file
      file.label = label
      return file
    }
    let names = choice.labels.map { classNames[$0] }

    var outcomes = [Outcome](repeating: .bad(reason: ""), count: files.count)
    outcomes.withUnsafeMutableBufferPointer { buffer in
      // Each call writes one outcome.
      nonisolated(unsafe) let outcomes = buffer.baseAddress!
      ParallelLoop.forEach(files.count, progress: progress) { index in
        outcomes[index] = Self.open(files[index], options: options)
      }
    }

    var skipped: [DatasetSummary.Skipped] = []
    var good: [Int] = []
    for (index, outcome) in outcomes.enumerated() {
      switch outcome {
      case .image: good.append(index)
      case .bad(let reason):
        skipped.append(.init(identifier: files[index].identifier, reason: reason))
      }
    }
    if Double(skipped.count) > Self.toleratedBadPart * Double(files.count) {
      throw .tooManyBad(
        path: location, bad: skipped.count, total: files.count, first: skipped[0])
    }
    try Self.requireGoodImages(
      files, good: good, skipped: skipped, classNames: names, location: location)

    let source = LabelledImages(
      name: name, location: location, classNames: names, labels: good.map { files[$0].label },
      identifiers: good.map { files[$0].identifier }, parts: good.map { files[$0].part })
    let images = good.map { outcomes[$0] }
    outcomes = []
    let plan = try SplitPlan(source, options: options)
    let channels = Self.channels(of: images, mode: options.colorMode)
    return DatasetAssembler.assemble(
      source, plan: plan, size: GridSize(height: options.size, width: options.size),
      channels: channels, skipped: skipped
    ) { index, target in
      guard case .image(let own, let pixels) = images[index] else { return }
      if own == channels {
        for (offset, value) in pixels.enumerated() { target[offset] = value }
      } else {
        for (offset, value) in pixels.enumerated() {
          for channel in 0..<channels { target[offset * channels + channel] = value }
        }
      }
    }
  }

  private static func open(_ file: File, options: DatasetOptions) -> Outcome {
    let bytes: [UInt8]
    switch file.path.read() {
    case .success(let content): bytes = content
    case .failure(let unreadable): return .bad(reason: "cannot read: \(unreadable.reason)")
    }
    do throws(ImageCodecFault) {
      var image = try ImageDecoder.decode(bytes, name: file.identifier)
      if options.colorMode == .grey || image.isGrey { image = image.grey() }
      image = ImageResampler.resize(image, width: options.size, height: options.size)
      return .image(channels: image.channels, pixels: image.pixels)
    } catch {
      return .bad(reason: error.reason)
    }
  }

  private static func channels(
    of images: [Outcome], mode: DatasetOptions.ColorMode
  ) -> Int {
    switch mode {
    case .grey: 1
    case .rgb: 3
    case .automatic:
      images.contains { outcome in
        if case .image(channels: 3, _) = outcome { return true }
        return false
      } ? 3 : 1
    }
  }

  private static func requireGoodImages(
    _ files: [File], good: [Int], skipped: [DatasetSummary.Skipped], classNames: [String],
    location: String
  ) throws(DatasetFault) {
    let withImages = Set(good.map { files[$0].label })
    for (label, name) in classNames.enumerated() where !withImages.contains(label) {
      let bad = files.first { $0.label == label }!.identifier
      throw .noGoodImage(
        path: location, name: name, first: skipped.first { $0.identifier == bad }!)
    }
  }
}
