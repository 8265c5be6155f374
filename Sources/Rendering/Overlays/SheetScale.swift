/// The colour scale of one overlay sheet, for the page to print beside it.
package struct SheetScale: Sendable, Equatable {
  /// What the colour stands for, one a row.
  package let quantities: [MapQuantity]
  /// The largest finite cell of all maps in the sheet, 0 where no cell is above 0: with `SheetScaling.shared` the
  /// colour map runs from 0 to this everywhere.
  package private(set) var upper: Float = 0
  /// The largest finite cell of each map, [row][exit], 0 where no cell is above 0.
  package private(set) var maxima: [[Float]]
  /// Cells that are NaN or infinite: hatched, as is every pixel that would mix them in.
  package private(set) var nonFiniteCells = 0
  /// Cells below 0: drawn as 0.
  package private(set) var negativeCells = 0

  /// What takes the colour map's low end: 0 in every sheet, whatever the maps' smallest cell.
  package var lower: Float { 0 }

  init(quantities: [MapQuantity]) {
    self.quantities = quantities
    maxima = quantities.map { _ in [] }
  }

  /// Takes in the next exit's map of a row.
  /// - Parameter factor: from a recorded value to what is drawn.
  mutating func include(map: UnsafeBufferPointer<Float>, factor: Float, row: Int) {
    var largest: Float = 0
    for cell in map {
      let value = cell * factor
      guard value.isFinite else {
        nonFiniteCells += 1
        continue
      }
      if value < 0 { negativeCells += 1 }
      if value > largest { largest = value }
    }
    maxima[row].append(largest)
    upper = max(upper, largest)
  }
}

/// The colour scale of a difference sheet: symmetric, so that its middle, white, is 0.
package struct DifferenceScale: Sendable, Equatable {
  /// The largest finite magnitude of all pixels of the sheet, 0 where the maps are the same: colours run from
  /// −limit to limit.
  package let limit: Float
  /// Pixels of the input grid, over all exits, where either model has no finite value: hatched.
  package let undefinedPixels: Int

  init(_ differences: [Float]) {
    var limit: Float = 0
    var undefined = 0
    for value in differences {
      if value.isFinite { limit = max(limit, abs(value)) } else { undefined += 1 }
    }
    self.limit = limit
    undefinedPixels = undefined
  }
}

/// What value takes the colour map's high end.
package enum SheetScaling: Sendable {
  /// The sheet's largest cell: maps compare with one another.
  case shared
  /// Each map's own largest cell: shows where a dim map looks, and hides how dim it is. Only as a second view that
  /// says so. The low end stays 0.
  case ownMaximum
}
