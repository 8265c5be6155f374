import FileKit
import TensorCore

/// Reads data from wherever the user points.
package enum DatasetLoader {
  /// Reads an image folder, a folder of IDX or CIFAR-10 files, a MedMNIST file, or the built-in radar set.
  /// - Parameters:
  ///   - source: a folder, an `.npz` file, or `radar`, or `radar:SEED` (a folder of that name is `./radar`).
  ///   - options: what becomes of the images.
  ///   - progress: told (images done, images in all) now and then, on the caller's thread.
  package static func load(
    _ source: String, options: DatasetOptions, progress: ((Int, Int) -> Void)? = nil
  ) throws(DatasetFault) -> ImageDataset {
    if let problem = options.problem { throw problem }
    if isBuiltIn(source) {
      return try RadarSynthesiser.dataset(
        seed: try radarSeed(source), options: options, progress: progress)
    }
    let root = BytePath(source)
    switch root.kind {
    case .missing: throw .file(.missing(path: source))
    case .file:
      guard let file = MedMNISTFile(root) else { throw .notAFolder(path: source) }
      return try file.load(
        name: String(shortName(of: root).dropLast(".npz".count)), location: source,
        options: options, progress: progress)
    case .folder: break
    }
    let name = shortName(of: root)
    if let files = try IDXFolder(root) {
      return try files.load(name: name, location: source, options: options, progress: progress)
    }
    if let files = try CIFARFolder(root) {
      return try files.load(name: name, location: source, options: options, progress: progress)
    }
    if let kind = try OwnOutput.kind(of: root) { throw .ownOutput(path: source, kind: kind) }
    let folder = try ImageFolder(root)
    guard !folder.classNames.isEmpty else { throw .noData(path: source) }
    return try folder.load(name: name, location: source, options: options, progress: progress)
  }

  /// Whether a source is made here, and no path.
  package static func isBuiltIn(_ source: String) -> Bool {
    source == "radar" || source.hasPrefix("radar:")
  }

  private static func radarSeed(_ source: String) throws(DatasetFault) -> UInt64 {
    if source == "radar" { return 0 }
    guard let seed = UInt64(source.dropFirst("radar:".count)) else {
      throw .badRadarSeed(source: source)
    }
    return seed
  }

  /// The folder's name as the user wrote it; where they wrote `.` or `..`, its real one.
  private static func shortName(of root: BytePath) -> String {
    func last(_ path: BytePath) -> ArraySlice<UInt8>? { path.bytes.split(separator: 0x2F).last }
    let name = last(root).flatMap { $0.allSatisfy { $0 == 0x2E } ? nil : $0 }
    return BytePath.text(of: Array(name ?? last(root.resolved) ?? root.bytes[...]))
  }
}
