import Testing

/// Compares an analytic gradient with central differences of a scalar function.
///
/// The function is evaluated in single precision, so a step of 1e-2 (on values of order 1) balances rounding
/// against curvature. A kink (ReLU, max-pool) inside the step makes the one-sided slopes differ; such places
/// are tried with a half and a quarter of the step, then skipped; at most `allowedKinks` of the checked places may be.
func expectGradient(
  _ gradient: [Float], matches function: ([Float]) -> Double, at point: [Float],
  places: [Int]? = nil, step: Float = 1e-2, tolerance: Double = 2e-2, allowedKinks: Double = 0.25,
  _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
) {
  let scale = max(1e-3, gradient.map { abs(Double($0)) }.max() ?? 0)
  let checked = places ?? Array(point.indices)
  let middle = function(point)
  var skipped = 0
  var worst = 0.0
  /// The slope over a step to both sides; nil where a kink lies in it.
  func slope(at place: Int, _ step: Float) -> Double? {
    var moved = point
    moved[place] = point[place] + step
    let above = function(moved)
    let up = Double(moved[place] - point[place])
    moved[place] = point[place] - step
    let below = function(moved)
    let down = Double(point[place] - moved[place])
    let (right, left) = ((above - middle) / up, (middle - below) / down)
    return abs(right - left) > 0.04 * scale ? nil : (above - below) / (up + down)
  }
  for place in checked {
    // Which places have a kink depends on the kernel's rounding, so a tensor of one place may be hit on some machines.
    var found: Double?
    for part in [step, step / 2, step / 4] where found == nil { found = slope(at: place, part) }
    guard let slope = found else {
      skipped += 1
      continue
    }
    worst = max(worst, abs(slope - Double(gradient[place])) / scale)
  }
  #expect(worst <= tolerance, comment, sourceLocation: sourceLocation)
  #expect(
    Double(skipped) <= allowedKinks * Double(checked.count), "\(comment): \(skipped) kinks",
    sourceLocation: sourceLocation)
}

/// Deterministic values of order 1.
func values(_ count: Int, seed: UInt64, scale: Float = 1) -> [Float] {
  var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return scale * (Float(state >> 40) / Float(1 << 23) - 1)
  }
}

/// Σ weights · outputs: a scalar whose gradient with respect to the outputs is the weights.
func weightedSum(_ outputs: [Float], _ weights: [Float]) -> Double {
  zip(outputs, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// Calls a body with pointers to copies of arrays, and hands back the copies.
func withPointers(
  _ arrays: [[Float]], _ body: ([UnsafeMutablePointer<Float>]) -> Void
) -> [[Float]] {
  let pointers = arrays.map { array in
    let pointer = UnsafeMutablePointer<Float>.allocate(capacity: max(array.count, 1))
    pointer.initialize(from: array, count: array.count)
    return pointer
  }
  defer { pointers.forEach { $0.deallocate() } }
  body(pointers)
  return zip(pointers, arrays).map { Array(UnsafeBufferPointer(start: $0, count: $1.count)) }
}
