import FileKit
import Foundation
import Report
import Testing

@Suite struct ReportBuilderTests {
  @Test func writesEveryPageAndFile() throws {
    try inScratch { scratch in
      let audit = SyntheticAudit(samples: 120)
      let folder = scratch + "/report"
      try ReportBuilder.write(
        result: audit.result, baseline: audit.baseline, egt: audit.egt,
        options: ReportOptions(gallery: .atMost(60)), to: folder)
      if let keep = ProcessInfo.processInfo.environment["EXITLENS_KEEP_REPORT"] {
        try? FileManager.default.removeItem(atPath: keep)
        try FileManager.default.copyItem(atPath: folder, toPath: keep)
      }
      let names = try files(below: folder).map(\.name)
      #expect(names.contains("index.html"))
    }
  }
}
