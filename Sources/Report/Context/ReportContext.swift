import Analysis
import Recordings
import Rendering

/// Everything that a page may look at.
struct ReportContext: Sendable {
  let result: AuditResult
  /// Every number of the models, looked up by measure, place and subject.
  let numbers: Numbers
  /// [model][training run], the first of each drawn.
  let recordings: [[Recording]]
  let options: ReportOptions
  let selection: SampleSelection
  /// By position in `result.samples`: what was drawn of the sample.
  var sheets: [Int: SampleSheets] = [:]
  /// Width and height of every sheet in pixels; nil where there are none.
  var sheetLayouts: SheetLayouts?
  var figures: [ReportFigure] = []

  init(result: AuditResult, recordings: [[Recording]], options: ReportOptions) {
    self.result = result
    numbers = result.numbers
    self.recordings = recordings
    self.options = options
    selection = SampleSelection(result, limit: options.gallery, views: options.views)
  }

  /// Positions in `result.samples` of those with a sheet, ascending: the selection's, or none.
  var shown: [Int] { sheets.isEmpty ? [] : selection.gallery }

  /// The report's title, as it is displayed.
  var title: String { DisplayText.name(options.name ?? data?.name ?? "unnamed data") }

  var data: Provenance.DataProvenance? {
    recordings.joined().lazy.compactMap(\.manifest.provenance?.data).first
  }

  /// Of the model with the most.
  var exitCount: Int { result.models.map(\.exits.count).max()! }
  var earlyExitCount: Int { max(0, exitCount - 1) }

  /// A class as it is displayed: "shoe", or its number where there is no such class.
  func className(_ label: Int) -> String {
    result.classNames.indices.contains(label)
      ? DisplayText.name(result.classNames[label], limit: 40) : "class \(label)"
  }

  /// Where the image of a sample came from.
  func identifier(_ index: Int) -> String? {
    let manifest = recordings[0].first?.manifest
    guard let list = manifest?.identifiers ?? manifest?.paths, list.indices.contains(index) else {
      return nil
    }
    return list[index]
  }

  /// "1 test image", "1,364 test images".
  var sampleCountText: String {
    let split = DisplayText.name(recordings[0].first?.manifest.split ?? "recorded", limit: 20)
    return NumberFormat.counted(result.sampleCount, "\(split) image", "\(split) images")
  }

  /// The fields of the figures of these names, without those that have nothing to show.
  func figures(_ names: String...) -> [Fields] {
    names.compactMap { name in figures.first { $0.name == name }?.fields }
  }
}
