import Analysis
import FileKit
import Foundation
import Recordings
import Report
import Testing

/// A report on disk, read back.
struct WrittenReport {
  var files: [(name: String, bytes: [UInt8])]

  /// The report of `SyntheticAudit()`, for tests that only read it.
  static let usual = Result {
    try WrittenReport(SyntheticAudit(), figures: Set(FigureFormat.allCases))
  }

  /// Figures as files of their own only where a test asks: they take half the time of a small report.
  init(
    _ audit: SyntheticAudit, _ options: ReportOptions = ReportOptions(),
    figures: Set<FigureFormat> = []
  ) throws {
    try self.init(audit.result, audit.recordings, options, figures: figures)
  }

  /// - Parameter recordings: [model][training run]
  init(
    _ result: AuditResult, _ recordings: [[Recording]], _ options: ReportOptions = ReportOptions(),
    figures: Set<FigureFormat> = []
  ) throws {
    var options = options
    options.figureFormats = figures
    files = try inScratch { scratch in
      try ReportBuilder.write(
        result: result, recordings: recordings, options: options,
        to: scratch + "/report")
      // For the tools in Tests/ReportTests/Tools, which want a folder.
      if let keep = ProcessInfo.processInfo.environment["EXITLENS_KEEP_REPORT"] {
        try? FileManager.default.removeItem(atPath: keep)
        try FileManager.default.copyItem(atPath: scratch + "/report", toPath: keep)
      }
      return try ReportTests.files(below: scratch + "/report")
    }
  }

  func bytes(_ name: String) throws -> [UInt8] {
    try #require(files.first { $0.name == name }, "no \(name)").bytes
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  func page(_ name: String) throws -> HTMLPage { HTMLPage(try text(name)) }

  /// A page's words with single spaces.
  func words(_ name: String) throws -> String {
    try page(name).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Rows of a CSV file by column name.
  func table(_ name: String) throws -> [[String: String]] {
    let rows = try csvRows(bytes("data/\(name)"))
    return rows.dropFirst().map { row in
      Dictionary(uniqueKeysWithValues: zip(rows[0], row))
    }
  }

  /// `models` of `report.json`.
  static func models(_ json: [String: Any]) throws -> [[String: Any]] {
    try #require(json["models"] as? [[String: Any]])
  }

  /// One of its `tables`.
  static func rows(_ table: String, _ json: [String: Any]) throws -> [[String: Any]] {
    try #require((json["tables"] as? [String: Any])?[table] as? [[String: Any]], "\(table)")
  }

  func rows(_ table: String) throws -> [[String: Any]] { try Self.rows(table, json()) }

  func json() throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(bytes("data/report.json")))
    return try #require(object as? [String: Any])
  }
}
