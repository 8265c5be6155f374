extension NullSums {
  /// Takes in the next sample.
  /// - Parameters: two exits, from 0.
  mutating func add(_ sample: SampleMaps, _ first: Int, _ second: Int) {
    guard sample.isComparable[first], sample.isComparable[second] else { return }
    add(
      sample.recorded[first], sample.onInput[first].scale, sample.recorded[second],
      sample.onInput[second].scale)
  }
}
