import CairoKit
import FileKit
import Foundation

extension ReportBuilder {
  /// Whether a report could be written: the place, the templates and the font, before hours of training.
  package static func check(
    _ options: ReportOptions, folder: String, force: Bool = false
  ) throws(ReportFault) {
    _ = try TemplateStore(folder: options.templatesFolder)
    _ = try wrapping(ReportFault.drawing) { () throws(CairoFault) in
      try Font(path: options.fontPath ?? Font.defaultPath)
    }
    try ReportFault.files { () throws(FileFault) in
      try AtomicFolder.probe(folder, kind: kind, force: force)
    }
  }

  /// The folder of the built-in templates, or nil where it is missing.
  package static var builtInTemplates: String? { BuiltInTemplates.folder }
}
