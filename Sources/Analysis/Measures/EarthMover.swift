import TensorCore

/// How far the attention of one map has to be moved to become the other (Rubner, Tomasi and Guibas, 2000).
///
/// The cosine asks how much two maps overlap cell by cell: two peaks side by side are as unlike as two at opposite
/// corners. The earth mover's distance tells them apart.
extension Measure {
  /// In shares of the longest way, so that grids compare.
  public static let earthMover = Measure(
    key: "earthMover", name: "Earth mover’s",
    definition:
      "Least way that one map’s mass travels to become the other’s, in shares of the way from corner to corner, on the grid that all exits share: 0 is the same map.",
    range: 0...1, direction: .lessIsBetter, format: .decimals(3), exits: .early,
    inference: .interval,
    source: Source(
      function: MapFunction(key: "earthMover") { map, final, grid in
        EarthMover.distance(map, final, grid)
      }))

  /// Below 0: closer to the final map of this image than to another image's.
  public static let earthMoverExcess = Measure(
    key: "earthMoverExcess", name: "Excess of earth mover’s",
    definition:
      "Earth mover’s distance minus its null, that from the final map of another image: below 0 is about this image.",
    range: -1...1, direction: .lessIsBetter, format: .signed(3), exits: .early,
    inference: .interval,
    source: Source(excessOf: { .earthMover }))
}

/// The earth mover's distance of two maps on a grid, exact.
///
/// With the way between cells counted along rows and columns (Manhattan), the transport problem is a flow between
/// neighbours in which a unit costs 1 a step. It is solved by successive shortest paths: as long as some cell has too much, the
/// cheapest way from any such cell to one that has too little takes as much as it can. Costs are whole numbers, so
/// shortest paths need no heap, and no sum of costs is rounded.
package struct EarthMover {
  private let grid: GridSize
  /// Cells of the grid with a border of one cell around it, so that every cell has four neighbours.
  private let count: Int
  /// To the neighbour on the left, right, above, below; the opposite of a direction is its number with the last bit changed.
  private let steps: [Int]
  /// Too much where above 0, too little where below.
  private var surplus: [Double]
  /// [cell][direction]: what flows to the neighbour; one of the two directions between neighbours is 0.
  private var flow: [Double]
  /// Of the cells: with them every arc that has room costs 0 or more.
  private var potentials: [Int]
  // Of one search: how far a cell is, from where it was reached, and whether that is final.
  private var distances: [Int]
  private var arrivals: [Int]
  private var isDone: [Bool]
  /// What is to be visited, by distance modulo 3.
  private var stacks: [[Int]]

  /// - Parameters: both maps, [grid.height, grid.width].
  /// - Returns: mass times way over (height − 1) + (width − 1), each map's mass being 1. nil for a single cell, for cells
  ///   that are negative beyond rounding or not finite, and where all are 0.
  package static func distance(
    _ map: UnsafePointer<Double>, _ final: UnsafePointer<Double>, _ grid: GridSize
  ) -> Double? {
    guard grid.count > 1, let sum = Concentration.positiveSum(map, grid.count),
      let finalSum = Concentration.positiveSum(final, grid.count)
    else { return nil }
    var mover = EarthMover(grid)
    for row in 0..<grid.height {
      for column in 0..<grid.width {
        let cell = row * grid.width + column
        mover.surplus[mover.place(row, column)] = map[cell] / sum - final[cell] / finalSum
      }
    }
    while mover.findPath() {}
    let way = mover.flow.reduce(0, +)
    return min(1, way / Double(grid.height + grid.width - 2))
  }

  private init(_ grid: GridSize) {
    self.grid = grid
    count = (grid.height + 2) * (grid.width + 2)
    steps = [-1, 1, -(grid.width + 2), grid.width + 2]
    surplus = [Double](repeating: 0, count: count)
    flow = [Double](repeating: 0, count: 4 * count)
    potentials = [Int](repeating: 0, count: count)
    distances = potentials
    arrivals = potentials
    isDone = [Bool](repeating: false, count: count)
    stacks = [[], [], []]
  }

  private func place(_ row: Int, _ column: Int) -> Int {
    (row + 1) * (grid.width + 2) + column + 1
  }

  /// Less is rounding of the two sums.
  private static let rest = 1e-13

  /// Sends what it can along the shortest way from any cell with too much to one with too little; false where there is
  /// none. Distances grow by 0, 1 or 2 a step, so three stacks are enough.
  private mutating func findPath() -> Bool {
    for cell in 0..<count {
      distances[cell] = .max
      // The border is nowhere.
      isDone[cell] = true
    }
    for index in 0..<3 { stacks[index].removeAll(keepingCapacity: true) }
    for row in 0..<grid.height {
      for cell in place(row, 0)..<place(row, grid.width) {
        isDone[cell] = false
        guard surplus[cell] > Self.rest else { continue }
        (distances[cell], arrivals[cell]) = (0, -1)
        stacks[0].append(cell)
      }
    }
    var distance = 0
    var empty = 0
    while empty < 3 {
      guard let cell = stacks[distance % 3].popLast() else {
        distance += 1
        empty += 1
        continue
      }
      empty = 0
      guard !isDone[cell], distances[cell] == distance else { continue }
      isDone[cell] = true
      if surplus[cell] < 0 {
        for other in 0..<count { potentials[other] += min(distances[other], distance) }
        send(to: cell)
        return true
      }
      for direction in 0..<4 {
        let next = cell + steps[direction]
        guard !isDone[next] else { continue }
        // Taking back what flows the other way saves a step.
        let cost = flow[4 * next + (direction ^ 1)] > 0 ? -1 : 1
        let way = distance + cost + potentials[cell] - potentials[next]
        guard way < distances[next] else { continue }
        distances[next] = way
        arrivals[next] = direction
        stacks[way % 3].append(next)
      }
    }
    return false
  }

  /// As much as both ends allow, and as flows that are taken back hold.
  private mutating func send(to end: Int) {
    var amount = -surplus[end]
    var cell = end
    while arrivals[cell] >= 0 {
      let back = flow[4 * cell + (arrivals[cell] ^ 1)]
      if back > 0 { amount = min(amount, back) }
      cell -= steps[arrivals[cell]]
    }
    amount = min(amount, surplus[cell])
    surplus[cell] -= amount
    surplus[end] += amount
    cell = end
    while arrivals[cell] >= 0 {
      let direction = arrivals[cell]
      let back = 4 * cell + (direction ^ 1)
      cell -= steps[direction]
      if flow[back] > 0 { flow[back] -= amount } else { flow[4 * cell + direction] += amount }
    }
  }
}
