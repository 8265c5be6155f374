/// Whether the parts that folders' names tell hold the chosen classes: else a part would be drawn from another one's
/// images though its folder is there.
struct PartCheck {
  private let location: String
  private let folders: [(name: String, part: DatasetPart)]
  /// Names of all classes that a part has files of.
  private let present: [DatasetPart: Set<String>]
  /// Validation images are training images.
  private let joinsValidation: Bool

  init(_ folder: ImageFolder, location: String, options: DatasetOptions) {
    self.location = location
    folders = folder.notes.partFolders
    var present: [DatasetPart: Set<String>] = [:]
    for file in folder.files {
      if let part = file.part { present[part, default: []].insert(folder.classNames[file.label]) }
    }
    self.present = present
    joinsValidation = options.validationFraction == 0
  }

  /// - Parameters:
  ///   - files: those of the chosen classes, with their labels among these.
  ///   - classNames: of the chosen classes.
  func check(_ files: [ImageFolder.File], classNames: [String]) throws(DatasetFault) {
    guard !folders.isEmpty else { return }
    var chosen: [DatasetPart: Set<String>] = [:]
    for file in files {
      if let part = file.part { chosen[part, default: []].insert(classNames[file.label]) }
    }
    let training = present[.training, default: []]
    for (folder, part) in folders {
      let own = present[part, default: []]
      let missing = classNames.filter { !chosen[part, default: []].contains($0) }
      if part != .training {
        let twins = missing.filter(training.contains).compactMap { name in
          Self.twin(of: name, in: own.subtracting(training)).map { (name, $0) }
        }
        try refuse(folder, twins.map(\.0), twins.map(\.1), caseDiffers: true)
      }
      if missing.count == classNames.count {
        let differ = missing.allSatisfy { Self.twin(of: $0, in: own) != nil }
        try refuse(folder, missing, own.subtracting(classNames).sorted(), caseDiffers: differ)
      }
    }
    var learned = chosen[.training, default: []]
    if joinsValidation { learned.formUnion(chosen[.validation, default: []]) }
    for name in classNames where !learned.contains(name) {
      let holders = folders.filter { chosen[$0.part, default: []].contains(name) }
      throw .emptyClass(
        path: location, name: name, part: .training,
        got: holders.isEmpty
          ? "none" : "them only in \(holders.map { "\($0.name)/" }.joined(separator: " and "))")
    }
  }

  private func refuse(
    _ folder: String, _ expected: [String], _ got: [String], caseDiffers: Bool
  ) throws(DatasetFault) {
    guard !expected.isEmpty else { return }
    throw .partWithoutClasses(
      path: location, folder: folder, expected: expected, got: got, caseDiffers: caseDiffers)
  }

  /// The name that differs in case only.
  private static func twin(of name: String, in names: Set<String>) -> String? {
    names.sorted().first { $0 != name && $0.lowercased() == name.lowercased() }
  }
}
