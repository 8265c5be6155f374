import Rendering

/// The further views of a sample's sheet.
extension SampleCard {
  /// A model minus the reference; nil where it was not drawn.
  var difference: Fields? {
    guard let scale = sheets.difference, let layout = layouts.difference else { return nil }
    return [
      "otherName": .text(context.name(context.drawn[1])), "referenceName": .text(context.name(0)),
      "differenceSrc": .text(SheetView.difference.file(sample)),
      "differenceWidth": .text(String(layout.width)),
      "differenceHeight": .text(String(layout.height)),
      "limit": .text(NumberFormat.scaleEnd(scale.limit)),
      "undefinedPixels": .optional(
        scale.undefinedPixels > 0
          ? NumberFormat.counted(scale.undefinedPixels, "pixel has", "pixels have") : nil),
    ]
  }

  /// Lines around most of each map; nil where they were not drawn.
  var contours: Fields? {
    guard let missing = sheets.mapsWithoutContours else { return nil }
    return [
      "contoursSrc": .text(SheetView.contours.file(sample)),
      "contoursWidth": .text(String(layouts.contours.width)),
      "contoursHeight": .text(String(layouts.contours.height)),
      "mapsWithout": .optional(
        missing > 0 ? NumberFormat.counted(missing, "map has", "maps have") : nil),
    ]
  }

  /// Why a gallery has no difference view, or one without some exits; nil where it has all.
  static func differenceNote(_ context: ReportContext) -> String? {
    guard let layouts = context.sheetLayouts, !context.selection.viewed.isEmpty,
      context.drawn.count > 1
    else { return nil }
    guard layouts.difference != nil else {
      return """
        There is no difference view: one model’s maps are drawn times their cells, the other’s as they are, so that \
        a difference would have no unit.
        """
    }
    let counts = context.drawn.map { context.result.models[$0].exits.count }
    guard Set(counts).count > 1 else { return nil }
    return """
      Not every model has the exits after \(counts.min()!): their place in the difference view is empty.
      """
  }
}
