import FileKit
import Foundation
import Report
import Testing

/// Templates of one's own: used, and checked before they are rendered.
@Suite struct TemplateTests {
  private static let builtIn =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/templates"

  /// Writes a report with a changed copy of the templates; returns the index page.
  private func write(_ file: String, _ change: (String) -> String) throws -> String {
    let audit = SyntheticAudit(samples: 3)
    return try inScratch { scratch in
      try FileManager.default.copyItem(atPath: Self.builtIn, toPath: scratch + "/templates")
      let path = "\(scratch)/templates/\(file)"
      try Files.write(change(try text(path)), to: path)
      try ReportBuilder.write(
        result: audit.result, recordings: [audit.baseline, audit.egt],
        options: ReportOptions(templatesFolder: scratch + "/templates"), to: scratch + "/report")
      return try text(scratch + "/report/index.html")
    }
  }

  private func fault(_ file: String, _ change: (String) -> String) throws -> Diagnosis {
    try #require(throws: ReportFault.self) { _ = try write(file, change) }.diagnosis
  }

  @Test func aChangedCopyIsUsed() throws {
    let page = try write("foot.mustache") { $0.replacing("Made by", with: "Von {{pageTitle}}:") }
    #expect(page.contains("Von shapes:"))
  }

  @Test func anUnknownNameIsAnError() throws {
    let diagnosis = try fault("figure.mustache") { $0 + "{{captoin}}" }
    #expect(diagnosis.code == .badData)
    #expect(diagnosis.location == "figure.mustache")
    #expect(diagnosis.got == "{{captoin}}")
  }

  @Test(arguments: [
    ("head.mustache", "{{{pageTitle}}}"), ("figure.mustache", "{{svg}}"),
    ("index.mustache", "{{featured}}"),
  ])
  func aNameFitsOneKindOfTag(file: String, tag: String) throws {
    let diagnosis = try fault(file) { $0 + tag }
    #expect(diagnosis.got == tag || diagnosis.got == "{{\(tag.dropFirst(2))")
  }

  @Test(arguments: [
    "{{#isIndex}}", "{{/isIndex}}", "{{pageTitle", "{{=<% %>=}}", "{{> gone}}",
    "{{$block}}{{/block}}",
  ])
  func aBrokenTemplateIsAnError(addition: String) throws {
    let diagnosis = try fault("head.mustache") { $0 + addition }
    #expect(diagnosis.code == .badData)
  }

  @Test(arguments: [
    ("foot.mustache", "{{> foot}}", "it includes itself: foot → foot"),
    ("foot.mustache", "{{> index}}", "it includes itself: index → foot → index"),
    (
      "foot.mustache",
      String(repeating: "{{#isIndex}}", count: 50_000)
        + String(repeating: "{{/isIndex}}", count: 50_000), "more than 100 sections in each other"
    ),
  ])
  func aTemplateWithoutAnEndIsAnError(file: String, addition: String, problem: String) throws {
    let diagnosis = try fault(file) { $0 + addition }
    #expect(diagnosis.code == .badData)
    #expect(diagnosis.got?.contains(problem) == true, "\(diagnosis.line)")
  }

  @Test func aFolderWithoutTemplatesIsAnError() throws {
    let audit = SyntheticAudit(samples: 1)
    try inScratch { scratch in
      let fault = try #require(throws: ReportFault.self) {
        try ReportBuilder.write(
          result: audit.result, recordings: [audit.baseline, audit.egt],
          options: ReportOptions(templatesFolder: scratch + "/none"), to: scratch + "/report")
      }
      #expect(fault.diagnosis.code == .noInput)
      #expect(!Files.exists(scratch + "/report"))
    }
  }
}
