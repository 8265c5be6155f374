import FileKit
import ImageCodec
import TensorCore

extension ImageFolder {
  /// More than this part of bad images stops the load.
  static let toleratedBadPart = 0.05

  private enum Outcome: Sendable {
    /// Resized, with one channel where every pixel is a grey; with what the decoder says of it.
    case image(channels: Int, pixels: [UInt8], warning: String?, levels: [Int]?)
    case bad(reason: String)
    /// Nothing that its name or its content calls an image.
    case noImage
    /// The machine gave out: that says nothing about the file.
    case stopped(FileFault)
  }

  /// Decodes the files of the chosen classes and makes a dataset of the good ones.
  func load(
    name: String, location: String, options: DatasetOptions, progress: ((Int, Int) -> Void)?
  ) throws(DatasetFault) -> ImageDataset {
    if classNames.count < 2, let inner = notes.inner {
      throw .tooFewClasses(path: location, names: classNames, inner: inner)
    }
    let choice = try ClassChoice(options.classes, of: classNames, at: location)
    let files = self.files.compactMap { file -> File? in
      guard let label = choice.newLabel(of: file.label) else { return nil }
      var file = file
      file.label = label
      return file
    }
    let names = choice.labels.map { classNames[$0] }
    try requireImages(files, choice, classNames: names, location: location)
    try PartCheck(self, location: location, options: options).check(files, classNames: names)

    var outcomes = [Outcome](repeating: .bad(reason: ""), count: files.count)
    outcomes.withUnsafeMutableBufferPointer { buffer in
      // Each call writes one outcome.
      nonisolated(unsafe) let outcomes = buffer.baseAddress!
      ParallelLoop.forEach(files.count, progress: progress) { index in
        outcomes[index] = Self.open(files[index], options: options)
      }
    }

    var notes = notes
    if notes.partFolders.isEmpty, names.allSatisfy({ PartName(Array($0.utf8)) != nil }) {
      notes.partLikeClasses = names
    }
    var skipped: [DatasetSummary.Skipped] = []
    var good: [Int] = []
    // Files of other types that say so are no accident: they do not count as bad.
    var bad: [DatasetSummary.Skipped] = []
    for (file, outcome) in zip(files, outcomes) {
      switch outcome {
      case .image(_, _, let warning, let levels):
        if let warning {
          notes.warnings.append(.init(identifier: file.identifier, reason: warning))
        }
        if let levels { notes.add(levels: levels) }
      case .bad(let reason):
        skipped.append(.init(identifier: file.identifier, reason: reason))
        if case .image = file.type {
          bad.append(skipped.last!)
        } else {
          notes.count(file.path, asImage: true)
        }
      case .noImage: notes.count(file.path, asImage: false)
      case .stopped(let fault): throw .file(fault)
      }
    }
    for (index, outcome) in outcomes.enumerated() {
      if case .image = outcome { good.append(index) }
    }
    if Double(bad.count) > Self.toleratedBadPart * Double(good.count + bad.count) {
      throw .tooManyBad(
        path: location, bad: bad.count, total: good.count + bad.count, first: bad[0])
    }
    try Self.requireGoodImages(
      files, good: good, skipped: skipped, classNames: names, location: location)
    try PartCheck(self, location: location, options: options)
      .check(good.map { files[$0] }, classNames: names)

    let source = LabelledImages(
      name: name, location: location, classNames: names, labels: good.map { files[$0].label },
      identifiers: good.map { files[$0].identifier }, parts: good.map { files[$0].part })
    let images = good.map { outcomes[$0] }
    outcomes = []
    let plan = try SplitPlan(source, options: options)
    let channels = Self.channels(of: images, mode: options.colorMode)
    return DatasetAssembler.assemble(
      source, plan: plan, size: GridSize(height: options.size, width: options.size),
      channels: channels, skipped: skipped, notes: notes.lines(options)
    ) { index, target in
      guard case .image(let own, let pixels, _, _) = images[index] else { return }
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
    // Whatever the name, so that each file is opened once.
    switch file.path.read(where: { ImageFormat($0)?.isRead ?? false }) {
    case .success(let content): bytes = content
    case .failure(let unreadable):
      if unreadable.reason.isShortage {
        return .stopped(.unreadable(path: file.path.text, reason: unreadable.reason))
      }
      if case .other = file.type { return .noImage }
      return .bad(reason: "cannot read: \(unreadable.reason)")
    }
    if case .other = file.type, ImageFormat(bytes) == nil { return .noImage }
    do throws(ImageCodecFault) {
      let decoded = try ImageDecoder.open(bytes, name: file.identifier)
      var image = decoded.image
      if options.colorMode == .grey || image.isGrey { image = image.grey() }
      image = ImageResampler.resize(image, width: options.size, height: options.size)
      return .image(
        channels: image.channels, pixels: image.pixels, warning: decoded.warning,
        levels: decoded.deepLevels)
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
        if case .image(channels: 3, _, _, _) = outcome { return true }
        return false
      } ? 3 : 1
    }
  }

  /// Refuses, before anything is decoded, a class of one of the data's parts without an image file.
  private func requireImages(
    _ files: [File], _ choice: ClassChoice, classNames: [String], location: String
  ) throws(DatasetFault) {
    for (label, part) in emptyClasses {
      guard let label = choice.newLabel(of: label) else { continue }
      throw .emptyClass(
        path: location, name: classNames[label], part: part, got: "none",
        inner: part == nil ? notes.inner : nil)
    }
    struct Place: Hashable {
      var label: Int
      var part: DatasetPart?
    }
    var unsure: [Place: [File]] = [:]
    var sure: Set<Place> = []
    for file in files {
      let place = Place(label: file.label, part: file.part)
      if case .image = file.type {
        sure.insert(place)
      } else {
        unsure[place, default: []].append(file)
      }
    }
    func isImage(_ file: File) -> Bool {
      guard case .success(let bytes) = file.path.read(where: { _ in false }) else { return false }
      return ImageFormat(bytes)?.isRead ?? false
    }
    for (place, files) in unsure.sorted(by: { $0.key.label < $1.key.label })
    where !sure.contains(place) && !files.contains(where: isImage) {
      throw .emptyClass(
        path: location, name: classNames[place.label], part: place.part,
        got: "only \(files[0].identifier)"
          + (files.count > 1 ? " and \(files.count - 1) more of other types" : ""),
        inner: place.part == nil ? notes.inner : nil)
    }
  }

  private static func requireGoodImages(
    _ files: [File], good: [Int], skipped: [DatasetSummary.Skipped], classNames: [String],
    location: String
  ) throws(DatasetFault) {
    let withImages = Set(good.map { files[$0].label })
    for (label, name) in classNames.enumerated() where !withImages.contains(label) {
      let own = Set(files.filter { $0.label == label }.map(\.identifier))
      throw .noGoodImage(
        path: location, name: name, first: skipped.first { own.contains($0.identifier) }!)
    }
  }
}
