/// Inverts functions that only rise.
enum RootFinder {
  /// Where a function that does not fall reaches `target`, to the last bits of a Double; the nearer end where it does
  /// so outside the ends.
  ///
  /// False position with a halved stale end (the Illinois rule: Dowell and Jarratt, 1971); a step that leaves more
  /// than half of the range is followed by a bisection, so that no shape of function is slow.
  static func argument(
    of function: (Double) -> Double, reaching target: Double, from low: Double, to high: Double
  ) -> Double {
    var low = (x: low, value: function(low) - target)
    var high = (x: high, value: function(high) - target)
    if low.value >= 0 { return low.x }
    if high.value <= 0 { return high.x }
    var bisects = false
    while true {
      let width = high.x - low.x
      var x = low.x + width / 2
      guard x > low.x, x < high.x else { return high.x }
      if !bisects {
        let guess = high.x - high.value * width / (high.value - low.value)
        if guess > low.x, guess < high.x { x = guess }
      }
      let value = function(x) - target
      if value == 0 { return x }
      if value < 0 {
        low = (x, value)
        high.value /= 2
      } else {
        high = (x, value)
        low.value /= 2
      }
      bisects = high.x - low.x > width / 2
    }
  }
}
