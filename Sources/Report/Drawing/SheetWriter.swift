import FileKit
import ImageCodec
import Recordings
import Rendering
import TensorCore

/// Draws the gallery's sheets: in parallel, written in order.
enum SheetWriter {
  /// Sheets in memory at once.
  private static let batch = 64

  /// Fills in `sheets` and `sheetLayouts` of the context; does nothing without a sample.
  static func write(
    _ context: inout ReportContext, into site: inout AtomicFolder,
    _ progress: ((ReportProgress) -> Void)?
  ) throws(ReportFault) {
    let positions = context.selection.gallery
    guard !positions.isEmpty else { return }
    let drawing = try Drawing(context)
    context.sheetLayouts = drawing.layouts
    try ReportFault.files { () throws(FileFault) in
      try site.write(
        PNGEncoder.encode(context.options.colorMap.bar(), effort: .small), to: "sheets/scale.png")
      if drawing.layouts.difference != nil, !context.selection.viewed.isEmpty {
        try site.write(
          PNGEncoder.encode(DifferenceSheet.colorMap.bar(), effort: .small),
          to: "sheets/difference-scale.png")
      }
    }
    let parts = stride(from: 0, to: positions.count, by: batch).map { start in
      Array(positions[start..<min(start + batch, positions.count)])
    }
    let orders = parts.map { part in
      part.map { position in
        Order(
          sample: context.result.samples[position].index,
          hasAllViews: context.selection.viewed.contains(position))
      }
    }
    let ahead = DrawAhead(count: parts.count) { part in
      ParallelLoop.map(orders[part].count) { drawing.draw(orders[part][$0]) }
    }
    var done = 0
    for part in parts {
      let samples = part.map { context.result.samples[$0] }
      for (offset, result) in ahead.next().enumerated() {
        let drawn = try wrapping(ReportFault.rendering) { () throws(RenderingFault) in
          try result.get()
        }
        context.sheets[part[offset]] = drawn.sheets
        try ReportFault.files { () throws(FileFault) in
          for (view, bytes) in drawn.files { try site.write(bytes, to: view.file(samples[offset])) }
        }
      }
      done += part.count
      progress?(ReportProgress(stage: .sheets, done: done, total: positions.count))
    }
  }

  private struct Order: Sendable {
    let sample: Int
    let hasAllViews: Bool
  }

  /// One sample's views, as PNG.
  private struct Drawn: Sendable {
    var sheets: SampleSheets
    var files: [(view: SheetView, bytes: [UInt8])]
  }

  /// What every thread shares: read-only.
  private struct Drawing: Sendable {
    let layouts: SheetLayouts
    private let source: SheetSource
    private let overlay: OverlaySheet
    private let ownScales: OverlaySheet
    private let difference: DifferenceSheet?
    private let contours: ContourSheet
    private let photographs: PhotographSource

    init(_ context: ReportContext) throws(ReportFault) {
      let recordings = context.drawn.map { context.recordings[$0][0] }
      source = try wrapping(ReportFault.rendering) { () throws(RenderingFault) in
        try SheetSource(models: recordings)
      }
      overlay = OverlaySheet(source, colorMap: context.options.colorMap)
      ownScales = OverlaySheet(source, colorMap: context.options.colorMap, scaling: .ownMaximum)
      difference = DifferenceSheet(source)
      contours = ContourSheet(source)
      layouts = SheetLayouts(
        overlay: overlay.layout, difference: difference?.layout, contours: contours.layout)
      photographs = PhotographSource(recordings)
    }

    func draw(_ order: Order) -> Result<Drawn, RenderingFault> {
      do throws(RenderingFault) {
        let sample = try source.sample(
          order.sample, image: photographs.image(of: order.sample))
        let scale = sample.scale()
        var drawn = Drawn(
          sheets: SampleSheets(scale: scale),
          files: [
            (.shared, PNGEncoder.encode(overlay.render(sample, scale: scale))),
            (.ownScales, PNGEncoder.encode(ownScales.render(sample, scale: scale))),
          ])
        guard order.hasAllViews else { return .success(drawn) }
        if let (image, scale) = difference?.render(sample) {
          drawn.sheets.difference = scale
          drawn.files.append((.difference, PNGEncoder.encode(image)))
        }
        let (image, missing) = contours.render(sample)
        drawn.sheets.mapsWithoutContours = missing
        drawn.files.append((.contours, PNGEncoder.encode(image)))
        return .success(drawn)
      } catch {
        return .failure(error)
      }
    }
  }
}
