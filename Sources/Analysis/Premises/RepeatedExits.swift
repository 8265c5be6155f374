import Recordings

/// Exits of an arm that say the same: one hook for all of them, as a rule.
struct RepeatedExits: Equatable {
  /// From 1, those whose maps are, to the last bit, the maps of another exit.
  var maps: [Int]
  /// The same of logits.
  var answers: [Int]

  /// - Parameter recordings: of one arm; one in which exits repeat each other is enough.
  init(_ recordings: [Recording]) throws(RecordingFault) {
    var (maps, answers): (Set<Int>, Set<Int>) = ([], [])
    for recording in recordings {
      try Self.find(in: recording, maps: &maps, answers: &answers)
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
