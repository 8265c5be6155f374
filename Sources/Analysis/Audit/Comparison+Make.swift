extension PairedResult {
  /// What is known of a comparison beside its numbers.
  init(reference: ModelScan, model: ModelScan, design: RunDesign) {
    let isSameForm = reference.exitCount == model.exitCount
    self.init(
      exits: (1...model.exitCount).map { exit in
        PairedExit(
          exit: exit,
          deltas: isSameForm && exit < model.exitCount
            ? Column(
              difference: model.series(exit: exit - 1, \.cosine),
              reference.series(exit: exit - 1, \.cosine)
            ).compactMap { $0 } : [])
      })
    self.design = design
  }
}

extension PairedExit {
  /// - Parameter deltas: of the cosine, image by image, where defined in both models.
  fileprivate init(exit: Int, deltas: [Double]) {
    self.init(exit: exit)
    guard !deltas.isEmpty else { return }
    let count = Double(deltas.count)
    deltaHistogram = Histogram(deltas, low: -2, high: 2, bins: 80)
    shareBelow = Double(deltas.count { $0 < 0 }) / count
    shareAbove = Double(deltas.count { $0 > 0 }) / count
  }
}
