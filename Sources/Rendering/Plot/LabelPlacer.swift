/// Finds places for direct labels that cover neither data nor each other.
struct LabelPlacer {
  let bounds: Rect
  private var taken: [Rect] = []

  init(bounds: Rect) {
    self.bounds = bounds
  }

  mutating func block(_ rect: Rect) {
    taken.append(rect)
  }

  /// Blocks what a line covers, as a row of small squares.
  mutating func block(line points: [Point], width: Double) {
    for (from, to) in zip(points, points.dropFirst()) {
      let (dx, dy) = (to.x - from.x, to.y - from.y)
      let steps = max(1, Int((dx * dx + dy * dy).squareRoot() / width))
      for step in 0...steps {
        let part = Double(step) / Double(steps)
        block(
          Rect(
            x: from.x + part * dx - width / 2, y: from.y + part * dy - width / 2, width: width,
            height: width))
      }
    }
  }

  /// The place for a label of a size near a point, which is then taken: the one that overlaps least, nearer ones and
  /// those below and to the right first.
  mutating func place(
    width: Double, height: Double, near point: Point, distance: Double
  ) -> Rect {
    var best: (cost: Double, rect: Rect)?
    for ring in 1...6 {
      let reach = distance * Double(ring)
      for (order, direction) in Self.directions.enumerated() {
        let rect = Rect(
          x: point.x + direction.x * reach + (direction.x - 1) / 2 * width,
          y: point.y + direction.y * reach + (direction.y - 1) / 2 * height, width: width,
          height: height)
        let outside = width * height - rect.overlap(bounds)
        let covered = taken.reduce(0) { $0 + $1.overlap(rect) }
        let cost = covered + 100 * outside + distance * Double(8 * ring + order) / 40
        if cost < (best?.cost ?? .infinity) { best = (cost, rect) }
      }
    }
    let rect = best!.rect
    block(rect)
    return rect
  }

  /// Right below, left below, right above, left above, right, left, below, above.
  private static let directions = [
    Point(1, 1), Point(-1, 1), Point(1, -1), Point(-1, -1), Point(1, 0), Point(-1, 0), Point(0, 1),
    Point(0, -1),
  ]
}
