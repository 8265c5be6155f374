import Analysis
import FileKit
import Foundation
import Recordings
import Report

/// Writing a whole report to the disk: pages, figures, data and every sample's sheets, on all cores.
enum BenchPages {
  static func measure(_ item: BenchCase, samples: Int, _ timer: BenchTimer) throws -> BenchMeasure {
    let baseline = BenchRecording.make(seed: 1, samples: samples)
    let egt = BenchRecording.make(seed: 2, samples: samples)
    let result = try Auditor.audit(
      baseline: [baseline], egt: [egt], options: AuditOptions(resamples: 200))
    var options = ReportOptions()
    options.gallery = .all
    let folder = FileManager.default.temporaryDirectory.path + "/exitlens-bench-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Once outside the clock, to tell what goes wrong as an error.
    try ReportBuilder.write(
      result: result, baseline: [baseline], egt: [egt], options: options, to: folder)
    return timer.measure(item.rawValue, unit: "samples/s", units: Double(samples)) {
      try? ReportBuilder.write(
        result: result, baseline: [baseline], egt: [egt], options: options, to: folder)
    }
  }
}
