import FileKit
import ImageCodec
import Recordings
import Rendering

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
    for start in stride(from: 0, to: positions.count, by: batch) {
      let part = Array(positions[start..<min(start + batch, positions.count)])
      let samples = part.map { context.result.samples[$0] }
      let drawn = Parallel.map(samples.count) { drawing.draw(samples[$0].index) }
      for (offset, result) in drawn.enumerated() {
        let sheet: (bytes: [UInt8], scale: SheetScale)
        do throws(RenderingFault) {
          sheet = try result.get()
        } catch {
          throw .rendering(error)
        }
        context.scales[part[offset]] = sheet.scale
        try ReportBuilder.folderFault { () throws(FileFault) in
          try site.write(sheet.bytes, to: SampleCard.file(samples[offset]))
        }
      }
      progress?(
        ReportProgress(stage: .sheets, done: start + part.count, total: positions.count))
    }
  }

  /// What every thread shares: read-only.
  private struct Drawing: Sendable {
    let sheet: OverlaySheet
    /// Stands in where the recordings hold no images.
    let blank: PixelImage?

    init(_ context: ReportContext) throws(ReportFault) {
      let baseline = context.baseline[0]
      do throws(RenderingFault) {
        sheet = try OverlaySheet(
          baseline: baseline, egt: context.egt[0], colorMap: context.options.colorMap)
      } catch {
        throw .rendering(error)
      }
      let hasImages = baseline.images != nil && context.egt[0].images != nil
      let size = baseline.manifest.input
      blank =
        hasImages
        ? nil
        : PixelImage(width: size.width, height: size.height, channels: 1, filledWith: 128)
    }

    func draw(
      _ sample: Int
    ) -> Result<(bytes: [UInt8], scale: SheetScale), RenderingFault> {
      do throws(RenderingFault) {
        let drawn = try sheet.render(sample: sample, image: blank)
        return .success((PNGEncoder.encode(drawn.image), drawn.scale))
      } catch {
        return .failure(error)
      }
    }
  }
}
