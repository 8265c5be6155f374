import Analysis
import Rendering

/// `sheets.csv`: what was drawn of the images that have sheets.
enum SheetTable {
  static func table(
    _ context: ReportContext
  ) -> Table<(sample: SampleResult, sheets: SampleSheets)> {
    Table(
      [
        .integer("sample") { $0.sample.index },
        .text("file") { SheetView.shared.file($0.sample) },
        .number("scale_low") { Double($0.sheets.scale.lower) },
        .number("scale_high") { Double($0.sheets.scale.upper) },
        .integer("non_finite_cells") { $0.sheets.scale.nonFiniteCells },
        .integer("negative_cells") { $0.sheets.scale.negativeCells },
        .number("difference_limit") { ($0.sheets.difference?.limit).map(Double.init) },
        .integer("difference_undefined_pixels") { $0.sheets.difference?.undefinedPixels },
        .integer("maps_without_contours") { $0.sheets.mapsWithoutContours },
      ],
      rows: context.selection.gallery.compactMap { position in
        context.sheets[position].map { (context.result.samples[position], $0) }
      })
  }
}
