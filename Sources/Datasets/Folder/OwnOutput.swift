/// Folders that this program wrote, told by files that no other folder has together: their pictures are no data.
enum OwnOutput {
  private static let kinds: [(name: String, markers: [[String]])] = [
    ("a run", [["run.json"], ["weights.safetensors", "state.safetensors", "history.csv"]]),
    ("a recording", [["recording.json"], ["recording.safetensors"]]),
    ("a report", [["MANIFEST.sha256"], ["data/report.json"]]),
    ("a sweep", [["plan.json"], ["runs", "recordings", "locks"]]),
    ("an exported network", [["exitlens_model.h"], ["exitlens_weights.bin"]]),
    ("paper figures", [["figures.tex"]]),
  ]

  /// What a folder is, "a report", or nil where it is none of ours. Of each group one file has to be there.
  static func kind(of folder: BytePath) -> String? {
    func isThere(_ name: String) -> Bool { folder.appending(Array(name.utf8)).kind != .missing }
    return kinds.first { $0.markers.allSatisfy { $0.contains(where: isThere) } }?.name
  }
}
