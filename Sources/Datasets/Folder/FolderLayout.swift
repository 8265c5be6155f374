/// Which folders of a data folder are classes, and of which part.
///
/// Two layouts: `class/…`, and parts of `class/…`, told by a folder of a training part's name that holds class folders
/// and beside it one of a test or validation part's, or nothing. A folder that holds its images directly is a class
/// whatever it is called. What could be either is refused.
struct FolderLayout {
  /// In the order training, validation, test.
  private(set) var parts: [(part: DatasetPart, folder: FolderTree)] = []
  /// Folders beside the parts that hold images and are not used.
  private(set) var unused: [FolderTree] = []
  /// Training first.
  private(set) var classFolders: [(part: DatasetPart?, folder: FolderTree)] = []

  init(_ root: FolderTree) throws(DatasetFault) {
    let path = root.path.text
    try findParts(root.folders, path: path)
    if parts.isEmpty {
      classFolders = root.folders.map { (nil, $0) }
      try Self.refuseSharedSubfolders(root.folders, path: path)
      return
    }
    for (part, folder) in parts {
      try Self.refuseSharedSubfolders(folder.folders, path: folder.path.text)
      classFolders += folder.folders.map { (part, $0) }
    }
  }

  private typealias Candidate = (name: PartName, folder: FolderTree, isWholeName: Bool)

  private mutating func findParts(_ folders: [FolderTree], path: String) throws(DatasetFault) {
    var candidates: [Candidate] = folders.compactMap { folder in
      if let name = PartName(folder.name) { return (name, Self.within(folder, name), true) }
      return PartName(oneWordOf: folder.name).map { ($0, Self.within(folder, $0), false) }
    }
    // Where a whole name says it, a word in another name says nothing.
    let whole = Set(candidates.filter(\.isWholeName).map(\.name))
    candidates.removeAll { !$0.isWholeName && whole.contains($0.name) }
    let flat = candidates.filter { !Self.isPart($0.folder) }
    candidates.removeAll { !Self.isPart($0.folder) }

    var found: [DatasetPart: [Candidate]] = Dictionary(
      grouping: candidates.filter { $0.name != .evaluation }
    ) { Self.part(of: $0.name)! }
    let evaluation = candidates.filter { $0.name == .evaluation }
    if !evaluation.isEmpty, found[.test] == nil {
      found[.test] = evaluation
    } else if !evaluation.isEmpty, found[.validation] == nil {
      found[.validation] = evaluation
    }
    guard let training = found[.training] else { return }
    /// A word in a name is believed where the folders below bear it out.
    func isBelieved(_ candidate: Candidate) -> Bool {
      let others = candidates.filter { ($0.name == .training) != (candidate.name == .training) }
      return candidate.isWholeName
        || others.contains { !Self.keys($0.folder).isDisjoint(with: Self.keys(candidate.folder)) }
    }
    guard training.contains(where: isBelieved) else { return }
    for (part, candidates) in found {
      found[part] = candidates.filter(isBelieved)
      if found[part]!.isEmpty { found[part] = nil }
    }
    for part in DatasetPart.allCases where (found[part]?.count ?? 0) > 1 {
      throw .severalParts(path: path, part: part, names: found[part]!.map { Self.text($0.folder) })
    }

    let trainingFolder = training[0].folder
    let unsorted = flat.first {
      $0.isWholeName && (!$0.folder.directImages.isEmpty || $0.folder.files.isEmpty)
    }
    if let folder = unsorted?.folder {
      throw .unsortedPart(
        path: path, name: Self.text(folder), images: folder.directImages.count,
        training: Self.text(trainingFolder))
    }
    let used = found.values.map { $0[0] }
    let others = folders.filter { folder in
      folder.holdsImages
        && !used.contains { Self.topName($0.folder, folders) == folder.name }
    }
    if used.count == 1, !others.isEmpty {
      // A class called "train", whose images lie in one folder more, or a part: names do not tell.
      guard trainingFolder.folders.count > 1 else { return }
      throw .partOrClass(
        path: path, name: Self.text(trainingFolder), others: others.map(Self.text))
    }
    parts = DatasetPart.allCases.compactMap { part in found[part].map { (part, $0[0].folder) } }
    unused = others
  }

  /// The folder itself, or where it holds nothing but a folder of the same part (`train/train/…`), that one.
  private static func within(_ folder: FolderTree, _ part: PartName) -> FolderTree {
    guard folder.folders.count == 1, folder.directImages.isEmpty, let inner = folder.folders.first,
      (PartName(inner.name) ?? PartName(oneWordOf: inner.name)) == part, isPart(inner)
    else { return folder }
    return within(inner, part)
  }

  /// The name of the folder among some that a folder is or lies in.
  private static func topName(_ folder: FolderTree, _ folders: [FolderTree]) -> [UInt8]? {
    folders.first {
      folder.path.bytes == $0.path.bytes || folder.path.bytes.starts(with: $0.path.bytes + [0x2F])
    }?.name
  }

  /// Whether a folder holds class folders: several with images, or one and no images beside it.
  private static func isPart(_ folder: FolderTree) -> Bool {
    let classes = folder.folders.filter { !$0.isEmpty }.count
    return classes > 1 || classes == 1 && folder.directImages.isEmpty
  }

  private static func part(of name: PartName) -> DatasetPart? {
    switch name {
    case .training: .training
    case .validation: .validation
    case .test: .test
    case .evaluation: nil
    }
  }

  /// Classes of which none holds an image and all hold the same folders are parts of other names, or worse.
  private static func refuseSharedSubfolders(
    _ folders: [FolderTree], path: String
  ) throws(DatasetFault) {
    guard folders.count > 1, folders.allSatisfy({ $0.directImages.isEmpty }) else { return }
    let shared = folders.dropFirst().reduce(keys(folders[0])) { $0.intersection(keys($1)) }
    // One, such as "images" in every class, leaves no doubt.
    guard shared.count > 1 else { return }
    throw .sharedSubfolders(path: path, names: folders.map(text), shared: shared.sorted())
  }

  private static func keys(_ folder: FolderTree) -> Set<String> {
    Set(folder.folders.filter { !$0.isEmpty }.map { FolderTree.key($0.name) })
  }

  private static func text(_ folder: FolderTree) -> String { BytePath.text(of: folder.name) }
}
