import Analysis
import CommandLineKit
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
      [Model("Baseline", [baseline]), Model("EGT", [egt])],
      options: AuditOptions(resamples: 200))
    let options = ReportOptions(gallery: .all)
    var template = Array(
      "\(FileManager.default.temporaryDirectory.path)/exitlens-bench-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw FileFault.unwritable(
        path: FileManager.default.temporaryDirectory.path, reason: "no folder can be made there")
    }
    let folder = String(cString: made)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Each into a place of its own: replacing a report costs time that writing one does not.
    var count = 0
    // A report that fails is fast.
    var failure: (any Error)?
    let measure = timer.measure(item.rawValue, unit: "samples/s", units: Double(samples)) {
      do {
        try ReportBuilder.write(
          result: result, recordings: [[baseline], [egt]], options: options,
          to: "\(folder)/\(count)")
        count += 1
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return measure
  }
}
