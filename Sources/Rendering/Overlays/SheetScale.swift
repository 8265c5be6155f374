/// The colour scale of one overlay sheet, for the page to print beside it.
public struct SheetScale: Sendable, Equatable {
  /// What the colour stands for, one a row.
  public let quantities: [MapQuantity]
  /// The colour map runs from 0 to this: the largest finite cell of all maps in the sheet. 0 where no cell is above 0.
  public private(set) var upper: Float = 0
  /// Cells that are NaN or infinite: hatched, as is every pixel that would mix them in.
  public private(set) var nonFiniteCells = 0
  /// Cells below 0: drawn as 0.
  public private(set) var negativeCells = 0

  public var lower: Float { 0 }

  init(quantities: [MapQuantity]) {
    self.quantities = quantities
  }

  /// From a recorded value to 0…1; 0 where the upper limit is too small to divide by.
  func factor(of quantity: MapQuantity, cells: Int) -> Float {
    let factor = quantity.factor(cells: cells) / upper
    return factor.isFinite ? factor : 0
  }

  mutating func include(_ value: Float) {
    guard value.isFinite else {
      nonFiniteCells += 1
      return
    }
    if value < 0 { negativeCells += 1 }
    if value > upper { upper = value }
  }
}
