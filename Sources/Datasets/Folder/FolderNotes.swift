/// What reading a folder left out or had to decide, for its owner to see.
struct FolderNotes {
  let root: BytePath
  /// How many of each name.
  var systemFolders: [String: Int] = [:]
  var ownOutput: [String] = []
  /// Files of `exitlens figure` in folders that hold others too.
  var ownFigures: [String] = []
  var thumbnails: [String] = []
  /// The classes, where all are called as parts are but none is a part.
  var partLikeClasses: [String] = []
  var hiddenImages: [String] = []
  /// Images directly in the data folder or a part's, beside class folders.
  var strayImages: [String] = []
  var unusedFolders: [String] = []
  /// The folder below that by itself has a layout that is known, where all data lie in one folder.
  var inner: String?
  /// The folders that are parts.
  var partFolders: [(name: String, part: DatasetPart)] = []
  /// Files in class folders that are not read, by extension; those that are images of other types apart.
  var otherImages: [String: Int] = [:]
  var otherFiles: [String: Int] = [:]
  /// Images that a decoder complained about, and its words.
  var warnings: [DatasetSummary.Skipped] = []
  /// Over all images of 16 bits: how many, and how often each grey level occurs after scaling to 8 bits.
  private var deepImages = 0
  private var deepLevels = [Int](repeating: 0, count: 256)

  init(root: BytePath) { self.root = root }

  /// A path as seen from the data folder.
  func relative(_ path: BytePath) -> String {
    BytePath.text(of: Array(path.bytes.dropFirst(root.bytes.count).drop { $0 == 0x2F }))
  }

  mutating func count(_ path: BytePath, asImage isImage: Bool) {
    let ending = FileType.fileExtension(path.name).map { ".\($0)" } ?? "without extension"
    if isImage { otherImages[ending, default: 0] += 1 } else { otherFiles[ending, default: 0] += 1 }
  }

  mutating func add(levels: [Int]) {
    deepImages += 1
    for (level, count) in levels.enumerated() { deepLevels[level] += count }
  }

  /// One line a matter, in a fixed order.
  func lines(_ options: DatasetOptions) -> [DatasetSummary.Note] {
    var notes: [DatasetSummary.Note] = []
    func add(_ name: String, _ text: String?) {
      if let text { notes.append(.init(name, text)) }
    }
    func add(_ name: String, _ paths: [String], _ noun: String, _ which: String = "") {
      guard let first = paths.first else { return }
      add(name, "left out \(Self.plural(paths.count, noun))\(which), first \(first)")
    }
    add("parts", partsText(options))
    if !partLikeClasses.isEmpty {
      let names = partLikeClasses.map { "'\($0)'" }.joined(separator: " and ")
      add(
        "classes named as parts",
        "the classes are \(names); if these are parts, put a folder per class into each")
    }
    add("folders not used", unusedText)
    if !systemFolders.isEmpty {
      let names = systemFolders.sorted { $0.key < $1.key }.map { "\($0) (\($1))" }
      add("system folders", "left out system folders: \(names.joined(separator: ", "))")
    }
    if !ownOutput.isEmpty {
      add("own output", "left out what exitlens wrote itself: \(Self.list(ownOutput))")
    }
    add("own figures", ownFigures, "file", " that exitlens figure wrote")
    add("thumbnails", thumbnails, "thumbnail", " beside the originals")
    add("hidden images", hiddenImages, "hidden image file")
    add("stray images", strayImages, "image file", " in no class folder")
    if !otherImages.isEmpty {
      let count = Self.plural(otherImages.values.reduce(0, +), "image file")
      add(
        "images of other types",
        "left out \(count) of types that are not read: \(Self.list(otherImages)); "
          + "convert to PNG or JPEG to use them")
    }
    if !otherFiles.isEmpty {
      let count = Self.plural(otherFiles.values.reduce(0, +), "other file")
      add("other files", "left out \(count) in class folders: \(Self.list(otherFiles))")
    }
    add(
      "decoded with warnings",
      warnings.first.map { first in
        "decoded \(Self.plural(warnings.count, "image")) with warnings, first "
          + "\(first.identifier): \(first.reason)"
      })
    add("few grey levels", levelsText)
    return notes
  }

  private func partsText(_ options: DatasetOptions) -> String? {
    func name(_ part: DatasetPart) -> String? { partFolders.first { $0.part == part }?.name }
    guard let training = name(.training) else { return nil }
    var text = "parts: \(training)/ is the training part"
    // What the test part is drawn from where there is no folder of it.
    var pool = "\(training)/"
    if let validation = name(.validation) {
      if options.validationFraction > 0 {
        text += ", \(validation)/ the validation part (no fraction of \(training)/ is)"
      } else {
        text += " and so is \(validation)/ (--validation 0)"
        pool += " and \(validation)/"
      }
    }
    if let test = name(.test) { return text + ", \(test)/ the test part" }
    let share =
      options.testCount.map { "--test-count \($0)" } ?? "--test-fraction \(options.testFraction)"
    return text + "; there is no test folder: \(share) of \(pool) is the test part"
  }

  private var unusedText: String? {
    guard !unusedFolders.isEmpty else { return nil }
    let parts = partFolders.map { "\($0.name)/" }.joined(separator: " and ")
    let folders = unusedFolders.map { "\($0)/" }
    return "not used: \(Self.list(folders)), no part beside \(parts)"
  }

  /// Full-range images of 16 bits have all 256 levels left; those of 14 bits or fewer at most 65. A hot or dead pixel
  /// in every fourth image hides nothing.
  private var levelsText: String? {
    guard deepImages > 0 else { return nil }
    let levels = range(butFor: deepImages / 4)
    let span = levels.upperBound - levels.lowerBound
    guard span <= 64 else { return nil }
    let start =
      "\(Self.plural(deepImages, "image")) of 16 bits: grey levels \(levels.lowerBound) to "
      + "\(levels.upperBound) of 0 to 255 only"
    guard levels.upperBound <= 64 else {
      return start + "; stretch the values to 0 to 65535 to use the whole range"
    }
    let bits = [8, 10, 12, 14].first { levels.upperBound <= ((1 << $0) + 128) / 257 }!
    // Values of 8 bits fill 16 exactly: 255 times 257 is 65535.
    return start + ", as \(bits)-bit values have; "
      + "multiply the values by \(bits == 8 ? 257 : 1 << (16 - bits)) to use the whole range"
  }

  /// The grey levels of all pixels of the images of 16 bits but at most so many at either end.
  private func range(butFor outliers: Int) -> ClosedRange<Int> {
    func first(_ order: some Sequence<Int>) -> Int {
      var count = 0
      for level in order {
        count += deepLevels[level]
        if count > outliers { return level }
      }
      return 0
    }
    let (low, high) = (first(0..<256), first((0..<256).reversed()))
    return min(low, high)...max(low, high)
  }

  private static func plural(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// "40 .webp, 4 .bmp": the most frequent first.
  private static func list(_ counts: [String: Int]) -> String {
    list(counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($1) \($0)" })
  }

  private static func list(_ names: [String]) -> String {
    let rest = names.count > 10 ? " and \(names.count - 10) more" : ""
    return names.prefix(10).joined(separator: ", ") + rest
  }
}
