extension UnsafePointer<Float> {
  /// The class that `count` logits answer: the place of the largest, the first of several.
  func firstOfLargest(_ count: Int) -> Int {
    var best = 0
    for index in 1..<Swift.max(count, 1) where self[index] > self[best] { best = index }
    return best
  }
}
