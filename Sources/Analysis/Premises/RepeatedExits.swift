import Recordings

/// Exits of a model that say the same: one hook for all of them, as a rule.
struct RepeatedExits: Equatable {
  /// From 1, those whose maps are, to the last bit, the maps of another exit.
  var maps: [Int]
  /// From 1, early exits whose maps are the final exit's but for their scale and grid (`ExitConsistency.isCopyOfFinal`).
  var copies: [Int]
  /// The same of logits.
  var answers: [Int]

  /// All exits among which one map is another's.
  var sameMaps: [Int] {
    Set(maps + copies + (copies.isEmpty ? [] : [exitCount])).sorted()
  }
  private let exitCount: Int

  /// - Parameters:
  ///   - recordings: of one model; one in which exits repeat each other is enough.
  ///   - scan: of the same recordings.
  init(_ recordings: [Recording], _ scan: ModelScan) throws(RecordingFault) {
    var (maps, answers): (Set<Int>, Set<Int>) = ([], [])
    for recording in recordings {
      try Self.find(in: recording, maps: &maps, answers: &answers)
    }
    exitCount = scan.exitCount
    copies = (1..<exitCount).filter { exit in
      !maps.isSuperset(of: [exit, scan.exitCount])
        && scan.exits.contains { $0[exit - 1].consistency!.isCopyOfFinal }
    }
    self.maps = maps.sorted()
    self.answers = answers.sorted()
  }

  private static func find(
    in recording: Recording, maps: inout Set<Int>, answers: inout Set<Int>
  ) throws(RecordingFault) {
    for exit in 0..<recording.exitCount {
      for other in exit + 1..<recording.exitCount {
        // A softmax map of one cell is 1 whatever the network does.
        let grid = recording.manifest.exits[exit].grid
        if grid.count > 1, grid == recording.manifest.exits[other].grid,
          try recording.attention[exit].firstDifference(from: recording.attention[other]) == nil
        {
          maps.formUnion([exit + 1, other + 1])
        }
        if Memory.areEqual(recording.logits[exit], recording.logits[other]) {
          answers.formUnion([exit + 1, other + 1])
        }
      }
    }
  }
}

extension ExitConsistency {
  /// Fewer samples may be alike by chance.
  private static let leastCopies = 10
  /// Cells that are the same within 0.1 % of their standard deviation.
  private static let copiedCorrelation = 1 - 1e-6

  /// Whether every map is the final exit's, scaled or interpolated: one hook read for several exits, and resized to each
  /// exit's grid.
  ///
  /// Two signs, of all defined samples: r on the exit's own grid that is 1 but for rounding, or cosines that are at least
  /// 0.99 and scatter by less than 0.002. Exits that were trained to agree reach a mean of 0.95, and no image is like
  /// another. Maps that are the same for all images (flat ones, attention locked onto one place) have the second sign
  /// without a copy: they are COLLAPSE and SAME-MAP, and known by a chance level as high.
  var isCopyOfFinal: Bool {
    let defined = cosine.compactMap { $0 }
    guard defined.count >= Self.leastCopies, let chance = cosineNull.mean else { return false }
    if leastCentredOnExitGrid.isFinite, leastCentredOnExitGrid >= Self.copiedCorrelation {
      return true
    }
    let mean = defined.reduce(0, +) / Double(defined.count)
    let squares = defined.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(defined.count - 1)).squareRoot()
    return defined.min()! >= 0.99 && deviation < 0.002 && chance < 0.95
  }
}
