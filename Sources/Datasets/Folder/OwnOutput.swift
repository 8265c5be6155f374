import FileKit

/// Folders that this program wrote, told by files that no other folder has together: their pictures are no data.
enum OwnOutput {
  private static let kinds: [(name: String, markers: [[String]])] = [
    ("a run", [["run.json"], ["weights.safetensors", "state.safetensors", "history.csv"]]),
    ("a recording", [["recording.json"], ["recording.safetensors"]]),
    ("a report", [["MANIFEST.sha256"], ["data/report.json"]]),
    ("a sweep", [["plan.json"], ["runs", "recordings", "locks"]]),
    ("an exported network", [["exitlens_model.h"], ["exitlens_weights.bin"]]),
  ]
  private static let figureList = "figures.sha256"

  /// What a folder is, "a report", or nil where it is none of ours. Of each group one file has to be there.
  static func kind(of folder: BytePath) throws(DatasetFault) -> String? {
    func isThere(_ name: String) -> Bool { folder.appending(Array(name.utf8)).kind != .missing }
    if let kind = kinds.first(where: { $0.markers.allSatisfy { $0.contains(where: isThere) } }) {
      return kind.name
    }
    let figures = figureFiles(in: folder)
    guard !figures.isEmpty else { return nil }
    let others = try folder.entries().filter { !$0.isHidden && !figures.contains($0.name) }
    return others.isEmpty ? "paper figures" : nil
  }

  /// The names of the files that `figure` wrote into a folder, its list among them; the folder may hold others.
  static func figureFiles(in folder: BytePath) -> Set<[UInt8]> {
    let path = folder.appending(Array(figureList.utf8))
    guard path.kind == .file, case .success(let bytes) = path.read(), let list = FileList(bytes)
    else { return [] }
    return Set((list.names + [figureList]).map { Array($0.utf8) })
  }
}
