extension SplitPlan {
  /// The steps of drawing parts from shuffled classes, with their errors.
  struct Draw {
    let images: LabelledImages
    let options: DatasetOptions

    private var classCount: Int { images.classNames.count }

    /// The test part from the data's own.
    func fixedTest(_ pool: [[Int]]) throws(DatasetFault) -> [[Int]] {
      try requireImages(pool, part: .test)
      let counts = pool.map(\.count)
      let shares = try shares(
        of: options.testCount, part: .test, weights: counts,
        minimums: Array(repeating: 1, count: classCount), maximums: counts)
      return take(shares, of: pool).taken
    }

    /// The test part from images that the data do not split, and what it leaves.
    func openTest(_ pool: [[Int]]) throws(DatasetFault) -> (test: [[Int]], rest: [[Int]]) {
      try requireImages(pool, part: nil)
      let counts = pool.map(\.count)
      if let label = counts.firstIndex(where: { $0 < 2 }) {
        throw .tooFewImages(
          path: images.location, name: images.classNames[label], needed: 2, got: counts[label])
      }
      let total = counts.reduce(0, +)
      guard options.testCount != nil || options.testFraction > 0 else {
        throw .badOption(
          name: "--test-fraction", expected: "above 0 where the data have no test part", got: "0")
      }
      let share = max(Int((options.testFraction * Double(total)).rounded()), classCount)
      let shares = try shares(
        of: options.testCount ?? min(share, total - classCount), part: .test, weights: counts,
        minimums: Array(repeating: 1, count: classCount), maximums: counts.map { $0 - 1 })
      let (test, rest) = take(shares, of: pool)
      return (test, rest)
    }

    /// The training images, and the data's own validation images among them.
    func training(
      _ training: [[Int]], _ validation: [[Int]]
    ) throws(DatasetFault) -> (training: [[Int]], validation: [[Int]]) {
      try requireImages(training, part: .training)
      let pool = training + validation
      let counts = pool.map(\.count)
      let shares = try shares(
        of: options.trainingCount, part: .training, weights: counts,
        minimums: pool.indices.map { $0 < classCount ? 1 : 0 }, maximums: counts)
      let taken = take(shares, of: pool).taken
      return (Array(taken.prefix(classCount)), Array(taken.dropFirst(classCount)))
    }

    /// A part of the training images for validation; a class's last training image stays.
    func openValidation(_ pool: [[Int]]) -> (validation: [[Int]], training: [[Int]]) {
      let counts = pool.map(\.count)
      let maximums = counts.map { $0 - 1 }
      let wanted = (options.validationFraction * Double(counts.reduce(0, +))).rounded()
      let shares = Apportionment.shares(
        of: min(Int(wanted), maximums.reduce(0, +)), weights: counts,
        minimums: Array(repeating: 0, count: counts.count), maximums: maximums)
      let (validation, training) = take(shares!, of: pool)
      return (validation, training)
    }

    /// Shares of a count that the user may have asked for, else of everything.
    private func shares(
      of asked: Int?, part: DatasetPart, weights: [Int], minimums: [Int], maximums: [Int]
    ) throws(DatasetFault) -> [Int] {
      let available = maximums.reduce(0, +)
      let total = asked ?? available
      guard total <= available else {
        throw .notEnoughImages(
          path: images.location, part: part, asked: total, available: available)
      }
      guard
        let shares = Apportionment.shares(
          of: total, weights: weights, minimums: minimums, maximums: maximums)
      else {
        throw .fewerThanClasses(
          path: images.location, part: part, asked: total, classes: classCount)
      }
      return shares
    }

    private func requireImages(_ pool: [[Int]], part: DatasetPart?) throws(DatasetFault) {
      if let label = pool.firstIndex(where: \.isEmpty) {
        throw .emptyClass(
          path: images.location, name: images.classNames[label], part: part, got: "none")
      }
    }

    private func take(_ shares: [Int], of pool: [[Int]]) -> (taken: [[Int]], rest: [[Int]]) {
      let pairs = zip(shares, pool)
      return (pairs.map { Array($1.prefix($0)) }, pairs.map { Array($1.dropFirst($0)) })
    }
  }
}
