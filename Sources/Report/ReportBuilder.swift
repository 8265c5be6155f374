import Analysis
import CairoKit
import FileKit
import ImageCodec
import Recordings
import Rendering

/// Turns an audit's numbers into a folder of pages that opens with a double-click.
package enum ReportBuilder {
  /// What a folder must hold to be replaced by a new report.
  package static let kind = AtomicFolder.Kind(
    name: "an ExitLens report", markers: ["data/report.json"])

  /// Writes a report. The folder appears whole or stays as it was; the same input gives the same
  /// bytes on any machine, in any locale and with any number of threads.
  /// - Parameters:
  ///   - result: the audit of these recordings.
  ///   - recordings: [model][training run], the first run of each drawn.
  ///   - folder: a new folder, an empty one, or an older report.
  ///   - force: whether anything else there is moved aside, to NAME.old-N.
  ///   - progress: called on the calling thread.
  /// - Returns: where what was moved aside is now.
  @discardableResult package static func write(
    result: AuditResult, recordings: [[Recording]], options: ReportOptions,
    to folder: String, force: Bool = false, progress: ((ReportProgress) -> Void)? = nil
  ) throws(ReportFault) -> MovedAside? {
    precondition(
      recordings.count == result.models.count && recordings.allSatisfy { !$0.isEmpty },
      "a report needs the recordings of every model")
    let templates = try TemplateStore(folder: options.templatesFolder)
    var site = try ReportFault.files { () throws(FileFault) in
      try AtomicFolder(at: folder, kind: kind, force: force)
    }
    var context = ReportContext(result: result, recordings: recordings, options: options)

    try write(ReportFigures.all(context), into: &context, &site, progress)
    try SheetWriter.write(&context, into: &site, progress)

    let pages = ReportPages.all(context)
    for (index, page) in pages.enumerated() {
      let html = try templates.render(page.template, page.fields())
      try ReportFault.files { () throws(FileFault) in try site.write(html, to: page.file) }
      progress?(ReportProgress(stage: .pages, done: index + 1, total: pages.count))
    }
    let styleSheet = templates.styleSheet + Array(ChartTheme.css.utf8)
    let tables = DataFiles.all(context)
    let paperTables = PaperTables.all(context)
    try ReportFault.files { () throws(FileFault) in
      try site.write(styleSheet, to: "style.css")
      if ExplorePage.isPresent(in: context) {
        try site.write(templates.exploreScript, to: "explore.js")
      }
      try site.write(parts: SampleTable.parts(context), to: "data/\(SampleTable.name)")
      for table in tables { try site.write(table.csv(), to: "data/\(table.name).csv") }
      for table in paperTables { try site.write(table.text, to: "tables/\(table.name)") }
      try site.write(ReportJSON.document(context, tables), to: "data/report.json")
    }
    let moved: MovedAside?
    do throws(FileFault) {
      moved = try site.commit()
    } catch {
      throw .file(error)
    }
    progress?(ReportProgress(stage: .data, done: tables.count + 1, total: tables.count + 1))
    return moved
  }

  private static func write(
    _ figures: [ReportFigure], into context: inout ReportContext, _ site: inout AtomicFolder,
    _ progress: ((ReportProgress) -> Void)?
  ) throws(ReportFault) {
    for (index, figure) in figures.enumerated() {
      for file in figure.files {
        try ReportFault.files { () throws(FileFault) in
          try site.write(file.bytes, to: figure.file(file.format))
        }
      }
      progress?(ReportProgress(stage: .figures, done: index + 1, total: figures.count))
    }
    context.figures = figures
  }
}
