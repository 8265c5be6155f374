import TensorCore

extension ExitMatrix {
  /// A model's matrix. A cell is the mean over samples of the mean over the recordings in which it is defined, like all
  /// numbers of a model; nulls among early exits are the mean over recordings.
  /// - Parameter nulls: [pair of `scan.pairs`][recording].
  init(_ scan: ModelScan, nulls: [[ExitPairs.Nulls?]]) {
    let count = scan.exitCount
    let none = Cell(n: 0, cosine: nil, centred: nil, cosineNull: nil, centredNull: nil)
    var cells = [[Cell]](repeating: [Cell](repeating: none, count: count), count: count)
    for index in scan.pairs[0].pairs.indices {
      let pairs = scan.pairs.map { $0.pairs[index] }
      let n = pairs.reduce(0) { $0 + $1.count }
      let isDiagonal = pairs[0].first == pairs[0].second
      let own: Double? = n > 0 ? 1 : nil
      let cell = Cell(
        n: n,
        cosine: isDiagonal ? own : ModelScan.average(pairs.map(\.cosine)).definedMean,
        centred: isDiagonal ? own : ModelScan.average(pairs.map(\.centred)).definedMean,
        cosineNull: nulls[index].map { $0?.cosine }.definedMean,
        centredNull: nulls[index].map { $0?.centred }.definedMean)
      cells[pairs[0].first][pairs[0].second] = cell
      cells[pairs[0].second][pairs[0].first] = cell
    }
    for exit in 0..<count - 1 {
      let cell = Cell(
        n: scan.definedCount(exit: exit),
        cosine: scan.series(exit: exit, \.cosine).definedMean,
        centred: scan.series(exit: exit, \.centred).definedMean,
        cosineNull: scan.series(exit: exit, \.cosineNull.asMap).definedMean,
        centredNull: scan.series(exit: exit, \.centredNull.asMap).definedMean)
      cells[exit][count - 1] = cell
      cells[count - 1][exit] = cell
    }
    self.cells = cells
  }
}
