/// What a measure's numbers are means of.
extension ModelScan {
  /// Samples of all recordings.
  var total: Int { sampleCount * recordingCount }

  /// The exits, from 0, that a measure is averaged over at a place; none where it does not exist there.
  func exits(of measure: Measure, at place: Place) -> [Int] {
    switch place {
    case .exit(let exit): measure.exists(atExit: exit, of: exitCount) ? [exit - 1] : []
    case .early: Array(0..<exitCount - 1)
    case .earlyStop: measure == .accuracy ? [exitCount - 1] : []
    case .label, .labelAtExit: []
    }
  }

  /// A measure's values at a place, [recording][exit][image].
  func runs(_ measure: Measure, at place: Place, exits: [Int]) -> [[Column]] {
    if place == .earlyStop { return outcomes.map { [Column(shares: $0.isRight)] } }
    return self.exits.map { scans in exits.map { measure.source.series!(scans[$0], labels) } }
  }

  /// The same with each image's mean over the recordings in which it is defined, [exit][image].
  func images(_ measure: Measure, at place: Place, exits: [Int]) -> [Column] {
    let recordings = runs(measure, at: place, exits: exits)
    return exits.indices.map { exit in Self.average(recordings.map { $0[exit] }) }
  }

  /// At one exit, from 0.
  func images(_ measure: Measure, exit: Int) -> Column {
    Self.average(exits.map { measure.source.series!($0[exit], labels) })
  }

  /// Samples, of all recordings, at which a measure is defined at every one of some exits.
  func defined(_ measure: Measure, exits: [Int]) -> Int {
    self.exits.reduce(0) { count, scans in
      let columns = exits.map { exit in
        measure.source.counted?(scans[exit]) ?? measure.source.series!(scans[exit], labels)
      }
      return count
        + (0..<sampleCount).count { sample in columns.allSatisfy { $0[sample] != nil } }
    }
  }
}
