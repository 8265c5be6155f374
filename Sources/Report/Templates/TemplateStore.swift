import FileKit
import Foundation
import Mustache

/// The templates of a folder: loaded, checked against their values, rendered.
package struct TemplateStore: Sendable {
  private var library = MustacheLibrary()
  private var tags: [String: [TemplateTag]] = [:]
  /// The style sheet, as it is written beside the pages.
  let styleSheet: [UInt8]
  /// The script of the Explore pages.
  let exploreScript: [UInt8]

  /// - Parameter folder: a folder with `*.mustache` and `style.css`; nil for the built-in ones.
  package init(folder: String?) throws(ReportFault) {
    guard let folder = folder ?? BuiltInTemplates.folder else {
      throw .noBuiltInTemplates(looked: BuiltInTemplates.candidates)
    }
    _ = HTMLEscape.registered
    guard Files.isFolder(folder) else { throw .noTemplates(path: folder) }
    let names: [String]
    do throws(FileFault) {
      names = try Files.names(in: folder)
      styleSheet = try Files.read(folder + "/style.css")
      exploreScript = try Files.read(folder + "/explore.js")
    } catch {
      throw .file(error)
    }
    for file in names.sorted() where file.hasSuffix(".mustache") {
      let name = String(file.dropLast(".mustache".count))
      let bytes: [UInt8]
      bytes = try wrapping(ReportFault.file) { () throws(FileFault) in
        try Files.read("\(folder)/\(file)")
      }
      let text = String(decoding: bytes, as: UTF8.self)
      tags[name] = try TemplateTag.parse(text, template: name)
      do {
        try library.register("{{% CONTENT_TYPE:\(HTMLEscape.contentType)}}\n" + text, named: name)
      } catch {
        throw .badTemplate(name: name, problem: "\(error)")
      }
    }
    guard !tags.isEmpty else { throw .noTemplates(path: folder) }
  }

  /// The text of a template, after a check that every name it uses is there and of the right kind
  /// (Mustache would render an unknown name as nothing).
  package func render(_ template: String, _ fields: Fields) throws(ReportFault) -> String {
    try check(template, [fields])
    guard let text = library.render(fields, withTemplate: template) else {
      throw .badTemplate(name: template, problem: "there is no such template")
    }
    return text
  }

  /// - Parameter including: the templates that are being checked, each a part of the one before.
  private func check(
    _ template: String, _ stack: [Fields], including: [String] = []
  ) throws(ReportFault) {
    guard let content = tags[template] else {
      throw .badTemplate(name: template, problem: "there is no such template")
    }
    // Neither this check nor Mustache would come to an end.
    guard !including.contains(template) else {
      let circle = including.drop { $0 != template } + [template]
      throw .badTemplate(
        name: template,
        problem: "it includes itself: \(circle.joined(separator: " → "))")
    }
    try check(content, stack, in: including + [template])
  }

  private func check(
    _ content: [TemplateTag], _ stack: [Fields], in templates: [String]
  ) throws(ReportFault) {
    let template = templates[templates.count - 1]
    for tag in content {
      switch tag {
      case .variable(let name):
        guard case .text = try value(name, stack, in: template) else {
          throw .wrongKind(template: template, key: name, tag: "{{\(name)}}")
        }
      case .unescaped(let name):
        guard case .markup = try value(name, stack, in: template) else {
          throw .wrongKind(template: template, key: name, tag: "{{{\(name)}}}")
        }
      case .partial(let name):
        try check(name, stack, including: templates)
      case .section(let name, let isInverted, let content):
        try checkSection(name, isInverted, content, stack, in: templates)
      }
    }
  }

  private func checkSection(
    _ name: String, _ isInverted: Bool, _ content: [TemplateTag], _ stack: [Fields],
    in templates: [String]
  ) throws(ReportFault) {
    switch (try value(name, stack, in: templates[templates.count - 1]), isInverted) {
    case (.flag(let flag), _):
      if flag != isInverted { try check(content, stack, in: templates) }
    case (.list(let list), false):
      for fields in list { try check(content, stack + [fields], in: templates) }
    case (.list(let list), true):
      if list.isEmpty { try check(content, stack, in: templates) }
    case (.fields(let fields), false):
      try check(content, stack + [fields], in: templates)
    case (.text, false), (.markup, false):
      try check(content, stack, in: templates)
    case (_, true): break
    }
  }

  private func value(
    _ name: String, _ stack: [Fields], in template: String
  ) throws(ReportFault) -> TemplateValue {
    for fields in stack.reversed() {
      if let value = fields[name] { return value }
    }
    throw .unknownKey(template: template, key: name)
  }
}
