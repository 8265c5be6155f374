import Rendering

/// The further views of a sample's sheet.
extension SampleCard {
  /// EGT minus baseline; nil where it was not drawn.
  var difference: Fields? {
    guard let scale = sheets.difference, let layout = layouts.difference else { return nil }
    return [
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
    guard let layouts = context.sheetLayouts, !context.selection.viewed.isEmpty else { return nil }
    guard layouts.difference != nil else {
      return """
        There is no difference view: one model’s maps are attention × cells, the other’s attention as it is, so that \
        a difference would have no unit.
        """
    }
    let counts = [context.result.baseline.exits.count, context.result.egt.exits.count]
    guard counts[0] != counts[1] else { return nil }
    return """
      Exits after \(counts.min()!) are one model’s alone: their place in the difference view is empty.
      """
  }
}
