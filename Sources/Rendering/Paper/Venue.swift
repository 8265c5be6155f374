/// Where a figure will be printed: its final size, so that nothing is scaled afterwards.
package struct Venue: Sendable, Equatable {
  /// "ieee", or the size as given.
  package let name: String
  /// Points, 1/72 inch.
  package let width: Double
  /// nil for the height that the contents need.
  package let height: Double?

  /// Column widths: IEEE 3.5 in, NeurIPS 5.5 in (its only column), ICML 3.25 in, CVPR 3.28 in, Nature 89 mm.
  package static let named = [
    Venue(name: "ieee", width: 3.5 * 72, height: nil),
    Venue(name: "neurips", width: 5.5 * 72, height: nil),
    Venue(name: "icml", width: 3.25 * 72, height: nil),
    Venue(name: "cvpr", width: 3.28 * 72, height: nil),
    Venue(name: "nature", width: 89 / 25.4 * 72, height: nil),
  ]

  /// The least and largest side of a page, in inches: below, no label fits; above, it is a poster.
  package static let sides = 1.5...20.0

  /// Takes points of any size: `sides` binds only what is read from text.
  package init(name: String, width: Double, height: Double?) {
    self.name = name
    self.width = width
    self.height = height
  }

  /// A name of `named`, or WIDTHxHEIGHT in inches ("3.5x2.4"), millimetres ("89x60mm") or points ("252x180pt"). nil for
  /// anything else, and for sides outside `sides`.
  package init?(_ text: String) {
    if let venue = Self.named.first(where: { $0.name == text.lowercased() }) {
      self = venue
      return
    }
    let units = [("mm", 72 / 25.4), ("pt", 1.0), ("in", 72.0)]
    let unit = units.first { text.hasSuffix($0.0) }
    let numbers = text.dropLast(unit == nil ? 0 : 2)
      .split(separator: "x", omittingEmptySubsequences: false)
    guard numbers.count == 2, let width = Double(numbers[0]), let height = Double(numbers[1]) else {
      return nil
    }
    let factor = unit?.1 ?? 72
    guard [width, height].allSatisfy({ Self.sides.contains($0 * factor / 72) }) else { return nil }
    self.init(name: text, width: width * factor, height: height * factor)
  }

  /// Text of 7 and 6 points in a column; a point more where a page has one column only, and so larger text.
  func style(font: any TextMeasure) -> FigureStyle {
    var style = FigureStyle.paper(font: font)
    if width >= 5 * 72 {
      style.text += 1
      style.small += 1
    }
    return style
  }
}
