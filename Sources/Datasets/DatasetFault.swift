import FileKit

/// Why data did not become a dataset.
package enum DatasetFault: Fault {
  case file(FileFault)
  /// A file where a folder is needed.
  case notAFolder(path: String)
  /// A folder of none of the known forms.
  case noData(path: String)
  /// `inner` is the folder, if any, whose layout is known by itself.
  case tooFewClasses(path: String, names: [String], inner: String? = nil)
  /// A class without an image; `part` where the data come split, `inner` as above.
  case emptyClass(
    path: String, name: String, part: DatasetPart?, got: String, inner: String? = nil)
  /// A part's folder without images of chosen classes; `got` are its classes, or their names in another case.
  case partWithoutClasses(
    path: String, folder: String, expected: [String], got: [String], caseDiffers: Bool)
  /// Class folders that hold no image and all the same folders.
  case sharedSubfolders(path: String, names: [String], shared: [String])
  /// A folder called as a training part is, beside folders that are no part.
  case partOrClass(path: String, name: String, others: [String])
  /// Images of a part that lie in no class folder.
  case unsortedPart(path: String, name: String, images: Int, training: String)
  /// Several folders that are the same part.
  case severalParts(path: String, part: DatasetPart, names: [String])
  /// Two class folders whose names, these bytes, are one name in two Unicode forms.
  case sameName(path: String, name: String, bytes: [[UInt8]])
  /// A folder that this program wrote.
  case ownOutput(path: String, kind: String)
  /// A class all of whose images were skipped.
  case noGoodImage(path: String, name: String, first: DatasetSummary.Skipped)
  case tooManyBad(path: String, bad: Int, total: Int, first: DatasetSummary.Skipped)
  /// A class with fewer images than the parts need.
  case tooFewImages(path: String, name: String, needed: Int, got: Int)
  case unknownClass(name: String, known: [String])
  case notEnoughImages(path: String, part: DatasetPart, asked: Int, available: Int)
  /// A part of fewer images than there are classes.
  case fewerThanClasses(path: String, part: DatasetPart, asked: Int, classes: Int)
  /// A file that others of its folder need; `kind` says of what kind: "IDX file".
  case missingFile(kind: String, path: String, expected: String)
  case ambiguousIDX(path: String, part: DatasetPart, files: [String])
  case damaged(kind: String, path: String, what: String, expected: String, got: String)
  /// A names file, `path`, that does not reach the greatest label of the file `labels`.
  case tooFewNames(path: String, names: Int, needed: Int, labels: String)
  /// Whole, but of a form that is not read.
  case unsupported(kind: String, path: String, expected: String, got: String)
  /// An option outside its range; the name is the command's.
  case badOption(name: String, expected: String, got: String)
  case badRadarSeed(source: String)

  /// The message; its exit code is 64 for an option, 65 for data, and the file's own for `.file`.
  package var diagnosis: Diagnosis {
    switch self {
    case .file(let fault): fault.diagnosis
    case .notAFolder(let path):
      Diagnosis(
        .badData, "not a data folder", at: path,
        expected: "a folder of images, IDX files or CIFAR-10 files, or a MedMNIST .npz file",
        got: "a file")
    case .noData(let path):
      Diagnosis(
        .badData, "no data", at: path,
        expected:
          "one folder a class, or train/ and test/ with one each, or IDX files, or CIFAR-10's .bin files",
        got: "none of them")
    case .tooFewClasses(let path, let names, let inner):
      Diagnosis(
        .badData, "too few classes", at: path, expected: "at least 2",
        got: names.isEmpty ? "none" : "only '\(names[0])'", hint: inner.map(Self.give))
    case .emptyClass(let path, let name, let part, let got, let inner):
      Diagnosis(
        .badData, "class without images", at: path,
        expected: "an image in '\(name)'\(part.map { " (\($0.rawValue))" } ?? "")", got: got,
        hint: inner.map(Self.give)
          ?? "add images of it (PNG or JPEG), or leave it out: --classes with the others' names")
    case .partWithoutClasses(let path, let folder, let expected, let got, let caseDiffers):
      Diagnosis(
        .badData, "part without images of its classes", at: path,
        expected: "images of \(Self.list(expected)) in \(folder)/",
        got: got.isEmpty
          ? "none" : "only \(Self.list(got))\(caseDiffers ? " (case differs)" : "")",
        hint: caseDiffers
          ? "give a class one name in all parts"
          : "choose classes that \(folder)/ has, or move it out of \(path)")
    case .sharedSubfolders(let path, let names, let shared):
      Diagnosis(
        .badData, "layout that is not known", at: path,
        expected: "one folder a class with images in it, or train/ and test/ (and val/) with one "
          + "folder a class each",
        got: "\(Self.list(names)), with no images but the folders \(Self.list(shared)) in each",
        hint: "if they are parts, call them train, val and test; if they are classes, move their "
          + "images up into them")
    case .partOrClass(let path, let name, let others):
      Diagnosis(
        .badData, "class or part", at: path,
        expected:
          "beside '\(name)', which holds folders and no images, a test or val folder or nothing",
        got: Self.list(others),
        hint: "if '\(name)' is the training part, move the others out of \(path); if it is a "
          + "class, move its images up into it")
    case .unsortedPart(let path, let name, let images, let training):
      Diagnosis(
        .badData, "part without class folders", at: path,
        expected: "one folder a class in '\(name)', as in '\(training)'",
        got: images == 0 ? "nothing" : "\(images) images of no class",
        hint: images == 0
          ? "'\(name)' is empty: remove it, or fill it with one folder a class"
          : "sort them into class folders, or move '\(name)' out of \(path)")
    case .severalParts(let path, let part, let names):
      Diagnosis(
        .badData, "more than one \(part.rawValue) part", at: path, expected: "one folder",
        got: Self.list(names), hint: "move all but one out of \(path)")
    case .sameName(let path, let name, let bytes):
      Diagnosis(
        .badData, "one class name in two Unicode forms", at: path,
        expected: "one folder '\(name)'",
        got:
          "two, whose names have \(bytes.map { "\($0.count)" }.joined(separator: " and ")) bytes",
        hint: "move the images of one into the other and remove it")
    case .ownOutput(let path, let kind):
      Diagnosis(
        .badData, "not a data folder", at: path, expected: "a folder of images",
        got: "\(kind) that exitlens wrote", hint: "give the folder of the images themselves")
    case .noGoodImage(let path, let name, let first):
      Diagnosis(
        .badData, "class without a good image", at: path, expected: "a good image in '\(name)'",
        got: "\(first.identifier) (\(first.reason)), and no better one")
    case .tooManyBad(let path, let bad, let total, let first):
      Diagnosis(
        .badData, "too many bad images", at: path, expected: "at most 5 % of \(total)",
        got: "\(bad), the first being \(first.identifier) (\(first.reason))",
        hint: "repair or remove them")
    case .tooFewImages(let path, let name, let needed, let got):
      Diagnosis(
        .badData, "too few images to split", at: path,
        expected: "at least \(needed) in class '\(name)'", got: "\(got)")
    case .unknownClass(let name, let known):
      Diagnosis(
        .usage, "unknown class", at: name, expected: "one of \(Self.list(known))",
        hint: "see --classes")
    case .notEnoughImages(let path, let part, let asked, let available):
      Diagnosis(
        .badData, "not enough images for the \(part.rawValue) part", at: path,
        expected: "at least \(asked)", got: "\(available)", hint: "ask for fewer")
    case .fewerThanClasses(let path, let part, let asked, let classes):
      Diagnosis(
        .badData, "too small a \(part.rawValue) part", at: path,
        expected: "at least one image of each of the \(classes) classes", got: "\(asked) images")
    case .missingFile(let kind, let path, let expected):
      Diagnosis(.badData, "missing \(kind)", at: path, expected: expected, got: "no such file")
    case .ambiguousIDX(let path, let part, let files):
      Diagnosis(
        .badData, "more than one IDX set", at: path, expected: "one \(part.rawValue) file",
        got: Self.list(files), hint: "move each set to a folder of its own")
    case .damaged(let kind, let path, let what, let expected, let got):
      Diagnosis(.badData, "damaged \(kind)", at: path, expected: "\(what) \(expected)", got: got)
    case .tooFewNames(let path, let names, let needed, let labels):
      Diagnosis(
        .badData, "too few class names", at: path,
        expected: "\(needed), as the labels in \(labels) go up to \(needed - 1)",
        got: "\(names)", hint: "one name a line, in label order")
    case .unsupported(let kind, let path, let expected, let got):
      Diagnosis(.badData, "unsupported \(kind)", at: path, expected: expected, got: got)
    case .badOption(let name, let expected, let got):
      Diagnosis(.usage, "option out of range", at: name, expected: expected, got: got)
    case .badRadarSeed(let source):
      Diagnosis(
        .usage, "not a radar seed", at: source,
        expected: "radar or radar:SEED, SEED a whole number",
        hint: "for a folder of that name write ./\(source)")
    }
  }

  private static func give(_ inner: String) -> String {
    "the data lie one folder further down: give \(inner)"
  }

  /// The first twenty of some names.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
  }
}
