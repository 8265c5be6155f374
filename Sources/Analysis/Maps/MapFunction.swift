import Recordings
import TensorCore

/// A number of two maps on one grid: an exit's and the final one's, averaged to the grid that all exits share.
///
/// For measures that are no sum of products, so that their null over all pairs of images has no closed form: it is the
/// function of each exit's map and the final map of another image, drawn once for each image (`FunctionNulls`).
package struct MapFunction: Sendable {
  /// The measure's.
  let key: String
  /// - Parameters: both maps, [grid.height, grid.width].
  /// - Returns: nil where undefined.
  let value:
    @Sendable (
      _ map: UnsafePointer<Double>, _ final: UnsafePointer<Double>, _ grid: GridSize
    ) -> Double?

  /// - Parameter value: see the property.
  package init(
    key: String,
    value:
      @escaping @Sendable (
        _ map: UnsafePointer<Double>, _ final: UnsafePointer<Double>, _ grid: GridSize
      ) -> Double?
  ) {
    self.key = key
    self.value = value
  }
}

/// A function's values of one exit, sample by sample; nil where undefined, and where exits share no grid.
package struct FunctionColumns: Sendable {
  package private(set) var values: Column = []
  /// With the final map of another sample; empty until the second pass.
  package private(set) var nulls: Column = []

  mutating func append(value: Double?) { values.append(value) }

  mutating func append(null: Double?) { nulls.append(null) }

  /// Takes in the samples that follow.
  mutating func append(_ next: FunctionColumns) {
    values += next.values
    nulls += next.nulls
  }

  /// Value − null, sample by sample: what is about the image; nil without another sample.
  package var excess: Column {
    nulls.isEmpty
      ? Column(repeating: nil, count: values.count) : Column(difference: values, nulls)
  }
}
