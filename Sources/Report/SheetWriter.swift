import FileKit
import ImageCodec
import Recordings
import Rendering
import TensorCore

/// Draws the gallery's sheets: in parallel, written in order.
enum SheetWriter {
  /// Sheets in memory at once.
  private static let batch = 64

  /// Fills in `scales` and `sheetLayout` of the context; does nothing where the models were not compared
  /// sample by sample.
  static func write(
    _ context: inout ReportContext, into site: inout AtomicFolder,
    _ progress: ((ReportProgress) -> Void)?
  ) throws(ReportFault) {
    let positions = context.selection.gallery
    guard !positions.isEmpty, context.result.paired != nil else { return }
    let drawing = try Drawing(context)
    context.sheetLayout = drawing.sheet.layout
    try ReportBuilder.folderFault { () throws(FileFault) in
      try site.write(
        PNGEncoder.encode(context.options.colorMap.bar(), effort: .small), to: "sheets/scale.png")
    }
    let parts = stride(from: 0, to: positions.count, by: batch).map { start in
      Array(positions[start..<min(start + batch, positions.count)])
    }
    let indices = parts.map { $0.map { context.result.samples[$0].index } }
    let ahead = DrawAhead(count: parts.count) { part in
      ParallelLoop.map(indices[part].count) { drawing.draw(indices[part][$0]) }
    }
    var done = 0
    for part in parts {
      let samples = part.map { context.result.samples[$0] }
      for (offset, result) in ahead.next().enumerated() {
        let sheets: Sheets
        do throws(RenderingFault) {
          sheets = try result.get()
        } catch {
          throw .rendering(error)
        }
        context.scales[part[offset]] = sheets.scale
        try ReportBuilder.folderFault { () throws(FileFault) in
          try site.write(sheets.shared, to: SampleCard.file(samples[offset]))
          try site.write(sheets.own, to: SampleCard.ownScaleFile(samples[offset]))
        }
      }
      done += part.count
      progress?(ReportProgress(stage: .sheets, done: done, total: positions.count))
    }
  }

  /// One sample's two views, as PNG.
  private struct Sheets: Sendable {
    /// One colour scale over all tiles, and its limits.
    let shared: [UInt8]
    let scale: SheetScale
    /// Each tile on a scale of its own.
    let own: [UInt8]
  }

  /// What every thread shares: read-only.
  private struct Drawing: Sendable {
    let sheet: OverlaySheet
    private let ownScales: OverlaySheet
    private let photographs: PhotographSource

    init(_ context: ReportContext) throws(ReportFault) {
      let (baseline, egt) = (context.baseline[0], context.egt[0])
      do throws(RenderingFault) {
        sheet = try OverlaySheet(
          baseline: baseline, egt: egt, colorMap: context.options.colorMap)
        ownScales = try OverlaySheet(
          baseline: baseline, egt: egt, colorMap: context.options.colorMap, scaling: .ownMaximum)
      } catch {
        throw .rendering(error)
      }
      photographs = PhotographSource(baseline: baseline, egt: egt)
    }

    func draw(_ sample: Int) -> Result<Sheets, RenderingFault> {
      do throws(RenderingFault) {
        let photograph = photographs.image(of: sample)
        let shared = try sheet.render(sample: sample, image: photograph)
        let own = try ownScales.render(sample: sample, image: photograph)
        return .success(
          Sheets(
            shared: PNGEncoder.encode(shared.image), scale: shared.scale,
            own: PNGEncoder.encode(own.image)))
      } catch {
        return .failure(error)
      }
    }
  }
}
