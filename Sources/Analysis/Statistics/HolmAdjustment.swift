/// Holm's step-down adjustment of p-values (Holm, 1979): a family of tests keeps its rate of any false rejection at α
/// where adjusted p-values are compared with α, however the tests depend on each other.
///
/// Sorted ascending, p₍ᵢ₎ becomes the largest of (m − j + 1) · p₍ⱼ₎ over j ≤ i, at most 1; m is the number of tests
/// in the family. A test that was not made (nil) does not count.
package enum HolmAdjustment {
  package static func adjusted(_ values: [Double?]) -> [Double?] {
    let order = values.indices.filter { values[$0] != nil }.sorted { values[$0]! < values[$1]! }
    var result = values
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(order.count - rank) * values[index]!))
      result[index] = largest
    }
    return result
  }
}
