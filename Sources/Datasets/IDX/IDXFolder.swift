import FileKit

/// The IDX files of a folder: `…train-images-idx3-ubyte` and `…train-labels-idx1-ubyte`, and the same
/// with `t10k` or `test` (without them the test part is drawn from training), each plain or `.gz`.
struct IDXFolder {
  struct Pair {
    var part: DatasetPart
    /// "train" or "test", for identifiers.
    var name: String
    var images: BytePath
    var labels: BytePath
  }

  let pairs: [Pair]
  /// Names by label, or nil where the folder does not tell: labels are then their own names.
  let labelNames: LabelNames?

  /// Nil where the folder holds no file of IDX images.
  init?(_ root: BytePath) throws(DatasetFault) {
    let names = try root.fileNames()
    var stems: [String] = []
    for name in names {
      let stem = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
      if Self.imageEndings.contains(where: stem.hasSuffix), !stems.contains(stem) {
        stems.append(stem)
      }
    }
    guard !stems.isEmpty else { return nil }

    /// The plain file where both are there.
    func path(_ stem: String) -> BytePath? {
      for name in [stem, stem + ".gz"] where names.contains(name) {
        return root.appending(Array(name.utf8))
      }
      return nil
    }
    var pairs: [Pair] = []
    for (part, name, prefixes) in Self.parts {
      let found = stems.filter { stem in
        Self.imageEndings.contains { ending in
          prefixes.contains { stem.hasSuffix($0 + ending) }
        }
      }
      guard found.count <= 1 else {
        throw .ambiguousIDX(path: root.text, part: part, files: found)
      }
      guard let stem = found.first else { continue }
      let labelStem = Self.labelStem(stem)
      guard let labels = path(labelStem) else {
        throw .missingFile(
          kind: IDXFile.kind, path: root.text, expected: "\(labelStem) or \(labelStem).gz")
      }
      pairs.append(Pair(part: part, name: name, images: path(stem)!, labels: labels))
    }
    guard pairs.first?.part == .training else {
      throw .missingFile(
        kind: IDXFile.kind, path: root.text,
        expected: "train-images-idx3-ubyte or the same with .gz")
    }
    self.pairs = pairs
    labelNames = try Self.labelNames(root)
  }

  private static let imageEndings = ["-images-idx3-ubyte", "-images.idx3-ubyte"]
  private static let parts: [(DatasetPart, String, [String])] = [
    (.training, "train", ["train"]), (.test, "test", ["t10k", "test"]),
  ]

  private static func labelStem(_ imageStem: String) -> String {
    let separator = imageStem.hasSuffix(imageEndings[0]) ? "-" : "."
    return imageStem.dropLast(imageEndings[0].utf8.count) + "-labels\(separator)idx1-ubyte"
  }

  /// `classes.txt` or `labels.txt`, one name a line; else Fashion-MNIST's own names where the path
  /// says that it is Fashion-MNIST.
  private static func labelNames(_ root: BytePath) throws(DatasetFault) -> LabelNames? {
    if let names = try LabelNames.first(of: ["classes.txt", "labels.txt"], in: root) {
      return names
    }
    let saysFashion = [root, root.resolved].contains { $0.text.contains("fashion-mnist") }
    return saysFashion ? LabelNames(known: fashionNames) : nil
  }

  /// The names in the data's README (Zalando Research, 2017).
  private static let fashionNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
  ]
}
