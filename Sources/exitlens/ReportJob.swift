import Analysis
import ArgumentParser
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

  /// Of a sweep: one of its settings against the baseline, and all of them in tables.
  func run(_ sweep: SweepRecordings) throws {
    let experiment = try Auditor.experiment(
      sweep.groups, missing: sweep.missing, options: options.auditOptions)
    try run(
      baseline: sweep.baseline, egt: sweep.egt, sweep: sweep.others, experiment: experiment)
  }

  /// - Parameter sweep: recordings of EGT's training at other λ.
  func run(
    baseline: [Recording], egt: [Recording], sweep: [Recording] = [],
    experiment: Experiment? = nil
  ) throws {
    var result = try Auditor.audit(
      baseline: baseline, egt: egt, sweep: sweep, options: options.auditOptions)
    result.experiment = experiment
    // The audit's columns and resamples are gone: give their memory back before pages and figures take some.
    FreeMemory.giveBack()
    let moved = try ReportBuilder.write(
      result: result, recordings: [baseline, egt], options: options.options, to: out,
      force: force
    ) { progress in
      let isLast = progress.done == progress.total
      let text = isLast ? "" : "\(progress.stage.rawValue): \(progress.done)/\(progress.total)"
      Console.status(text)
    }
    Console.note(moved)
    for line in Self.summary(result) + FlagLines.lines(result.flags) { Console.line(line) }
    Console.line("report: \(out)/index.html".singleLine)
    if let strict = options.strict, result.flags.contains(where: { strict.counts($0.kind) }) {
      throw ExitCode(Diagnosis.Code.flagsRaised.rawValue)
    }
  }

  /// The headline of each arm.
  private static func summary(_ result: AuditResult) -> [String] {
    func number(_ value: Double?) -> String {
      value.map { TrainingProgress.fixed($0, 3) } ?? "undefined"
    }
    var lines: [String] = []
    for arm in [result.baseline, result.egt] {
      let consistency = arm.mean.consistency
      lines.append(
        "\(arm.name): mean consistency \(number(consistency?.cosine.value)) "
          + "(null \(number(consistency?.null)), centred \(number(consistency?.centred.value))), "
          + "final-map spread \(number(arm.exits.last?.spread)), final accuracy "
          + "\(TrainingProgress.fixed(100 * (arm.exits.last?.accuracy.value ?? 0), 2)) %")
    }
    return lines
  }
}
