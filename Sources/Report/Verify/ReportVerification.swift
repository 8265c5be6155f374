import FileKit

/// What `ReportVerifier` found.
package struct ReportVerification: Sendable {
  /// Files that the manifest names.
  package var fileCount = 0
  /// Each on one line, files first, in the order of their names.
  package var findings: [Diagnosis] = []
  /// Numbers of `report.json` and the CSV tables that were recomputed from `samples.csv`, those that differ included.
  package var recomputedCount = 0
  /// Why nothing was recomputed, where nothing could be although nothing is wrong; nil otherwise.
  package var notRecomputed: String?
}

/// Checks a report's folder: that its files are those that were written, and that its headline follows from its own
/// table of samples.
///
/// A manifest shows accidents, not forgery: who changes a file can change the manifest as well.
package enum ReportVerifier {
  /// - Throws: `ReportFault` where `folder` holds no report at all.
  package static func verify(_ folder: String) throws(ReportFault) -> ReportVerification {
    guard Files.isFolder(folder) else { throw .file(.missing(path: folder)) }
    let manifest = try ReportManifest(of: folder)
    var result = ReportVerification()
    result.fileCount = manifest.digests.count
    result.findings = try ReportFault.files { () throws(FileFault) in
      try manifest.findings(in: folder)
    }
    let check = HeadlineCheck(folder: folder)
    result.findings += check.findings
    result.recomputedCount = check.comparedCount
    result.notRecomputed = check.refusal
    return result
  }
}
