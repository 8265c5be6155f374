import Foundation
import Testing

/// What many tests look at and none changes: data, and an audit of them.
struct Fixture: Sendable {
  let scratch: Scratch
  /// What the audit printed.
  let output: String

  /// 32 pixels, because at 16 the last map is a single cell, and every consistency undefined.
  static let training = ["--size", "32", "--epochs", "2", "--threads", "1"]
  static let audit = ["audit", "data", "--out", "report"] + training

  private init() throws {
    scratch = try Scratch()
    try TinyImages.write(scratch)
    let outcome = try Command(Self.audit, in: scratch.path).run()
    try #require(outcome.code == 0, "\(outcome.errors)")
    output = outcome.output
  }

  private static let made = Result { try Fixture() }

  static func shared() throws -> Fixture {
    removeAtExit
    return try made.get()
  }

  /// A static is never freed, so its folder goes when the process does.
  private static let removeAtExit: Void = {
    _ = atexit {
      guard case .success(let fixture) = Fixture.made else { return }
      try? FileManager.default.removeItem(atPath: fixture.scratch.path)
    }
  }()

  var data: String { scratch("data") }
  var report: String { scratch("report") }
  func run(_ arm: String) -> String { scratch("report-runs/\(arm)-seed-1") }
  func recording(_ arm: String) -> String { scratch("report-runs/\(arm)-seed-1-recording") }
}
