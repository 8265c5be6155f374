import Analysis
import ArgumentParser
import CommandLineKit
import FileKit
import Foundation
import Recordings
import Report

/// Analyses recordings and writes a report: the end of `report` and of `audit`.
struct ReportJob {
  let options: ReportingOptions
  let out: String
  /// Whether what is in the report's way moves aside.
  let force: Bool

  /// - Parameter complete: adds what recordings do not tell.
  func run(_ models: [Model], complete: (inout AuditResult) -> Void = { _ in }) throws {
    var reportOptions = options.options
    reportOptions.show = try ShownModels.places(of: options.show, in: models)
    var result = try Auditor.audit(models, options: options.auditOptions)
    complete(&result)
    // The audit's columns and resamples are gone: give their memory back before pages and figures take some.
    FreeMemory.giveBack()
    let moved = try ReportBuilder.write(
      result: result, recordings: models.map(\.recordings), options: reportOptions, to: out,
      force: force
    ) { progress in
      let isLast = progress.done == progress.total
      let text = isLast ? "" : "\(progress.stage.rawValue): \(progress.done)/\(progress.total)"
      Console.status(text)
    }
    Console.note(moved)
    for line in Self.summary(result) + FlagLines.lines(result) { Console.line(line) }
    Console.line("report: \(out)/index.html".singleLine)
    if let strict = options.strict, result.flags.contains(where: { strict.counts($0.kind) }) {
      throw ExitCode(Diagnosis.Code.flagsRaised.rawValue)
    }
  }

  /// The headline of each model.
  private static func summary(_ result: AuditResult) -> [String] {
    func number(_ value: Double?) -> String {
      value.map { Decimals.fixed($0, 3) } ?? "undefined"
    }
    var lines: [String] = []
    for model in result.models {
      let final = Place.exit(model.exits.count)
      func value(_ measure: Measure, _ place: Place) -> Number? {
        result.numbers[measure, place, model: model.index]
      }
      let cosine = value(.cosine, .early)
      lines.append(
        "\(model.name.singleLine): mean consistency \(number(cosine?.value)) "
          + "(null \(number(cosine?.null)), centred \(number(value(.centred, .early)?.value))), "
          + "final-map spread \(number(value(.spread, final)?.value)), final accuracy "
          + "\(Decimals.fixed(100 * (value(.accuracy, final)?.value ?? 0), 2)) %")
    }
    return lines
  }
}
