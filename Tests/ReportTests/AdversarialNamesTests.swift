import FileKit
import Foundation
import Report
import Testing

/// Names that come from outside never become markup, formulas or file names.
@Suite struct AdversarialNamesTests {
  /// A name, how pages show it (where it is cut: how it begins), and its cell in a CSV file where that differs.
  static let table: [(name: String, shown: String, cell: String?)] = [
    ("<script>alert(1)</script>", "<script>alert(1)</script>", nil),
    ("\" onmouseover=\"alert(1)", "\" onmouseover=\"alert(1)", nil),
    ("\"\u{301} onmouseover=\"\u{301}x", "\"\u{301} onmouseover=\"\u{301}x", nil),
    ("'><img src=x onerror=alert(1)>", "'><img src=x onerror=alert(1)>", nil),
    ("</title><h1>x</h1>", "</title><h1>x</h1>", nil),
    ("]]><!--", "]]><!--", nil),
    ("{{reportTitle}} {{{svg}}}", "{{reportTitle}} {{{svg}}}", nil),
    ("=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
    ("+1+1", "+1+1", "'+1+1"),
    ("-2", "-2", "'-2"),
    ("@SUM(A1)", "@SUM(A1)", "'@SUM(A1)"),
    ("\tcmd", "\\u{9}cmd", "'\tcmd"),
    ("50 % of $x_1^2$ & \\input{a}~#", "50 % of $x_1^2$ & \\input{a}~#", nil),
    ("a\u{202E}gpj.exe", "a\\u{202e}gpj.exe", nil),
    ("nul\u{0}l", "nul\\u{0}l", nil),
    ("two\r\nlines", "two\\u{d}\\u{a}lines", nil),
    (String(repeating: "long", count: 2500), String(repeating: "long", count: 10) + "…", nil),
    ("👨‍👩‍👧‍👦 family 🏳️‍🌈", "👨‍👩‍👧‍👦 family 🏳️‍🌈", nil),
    ("shoe", "shoe", nil),
    ("Shoe", "Shoe", nil),
    ("SHOE", "SHOE", nil),
    ("shoe", "shoe", nil),
    ("", "(empty name)", nil),
    (" ", "(empty name)", nil),
    ("\u{301}mark", "\u{25CC}\u{301}mark", nil),
    // What is left of bytes that are no UTF-8, and a character for private use.
    ("\u{FFFD}\u{E000}", "\u{FFFD}\\u{e000}", nil),
    (String(repeating: "\u{301}", count: 300) + "x", "\u{25CC}\u{301}\u{301}\u{301}\u{301}…x", nil),
    ("../../etc/passwd", "../../etc/passwd", nil),
    ("a/b#c?d%20e", "a/b#c?d%20e", nil),
    ("&lt;b&gt;", "&lt;b&gt;", nil),
    ("javascript:alert(1)", "javascript:alert(1)", nil),
  ]
  static let names = table.map(\.name)

  private static let written = Result { try write() }
  private func report() throws -> WrittenReport { try Self.written.get() }

  private static func write() throws -> WrittenReport {
    var audit = SyntheticAudit(
      samples: names.count * 2, classNames: names, dataName: names[4],
      identifiers: (names + names).map { $0 + "/image.png" })
    audit.result.flags = names.map {
      .init(code: $0, arm: $0, exit: nil, message: "Message with \($0)")
    }
    for index in audit.baseline.indices {
      audit.baseline[index].manifest.split = names[1]
      audit.baseline[index].manifest.attentionKind = names[0]
      audit.baseline[index].manifest.provenance?.settings = names.map { .init($0, $0) }
      audit.baseline[index].manifest.provenance?.command = names.joined(separator: " ")
      audit.baseline[index].manifest.provenance?.data?.skipped = names.map { .init($0, $0) }
      audit.baseline[index].manifest.provenance?.data?.duplicatesAcrossSplits = [names]
      audit.baseline[index].manifest.provenance?.data?.hash = names[3]
      audit.baseline[index].manifest.provenance?.data?.counts = [names[0]: [1, 2]]
    }
    return try WrittenReport(
      audit, ReportOptions(name: nil, stamp: names[0], generator: names[1]),
      figures: Set(FigureFormat.allCases))
  }

  @Test func pagesKeepTheirForm() throws {
    let report = try report()
    #expect(problems(in: report.files) == [])
    for file in report.files where file.name.hasSuffix(".html") {
      #expect(file.bytes.count < 300_000, "\(file.name)")
      for byte in file.bytes { #expect(byte >= 0x20 || byte == 0x0A, "a control character") }
      let source = String(decoding: file.bytes, as: UTF8.self)
      for scalar in ["\u{202E}", "\u{E000}"] { #expect(!source.contains(scalar)) }
      #expect(!source.contains(String(repeating: "long", count: 600)))
    }
    let marks = try report.text("provenance.html").unicodeScalars.map { $0 == "\u{301}" }
    #expect(!marks.indices.dropLast(4).contains { marks[$0...$0 + 4].allSatisfy { $0 } })
  }

  /// As a class name, in its own row of the table of classes.
  @Test(arguments: table.indices) func shownAsStated(_ row: Int) throws {
    let shown = Self.table[row].shown
    let classes = try Self.classColumn.get()
    #expect(classes.count == Self.table.count)
    #expect(
      Array(classes[row].unicodeScalars) == Array(shown.unicodeScalars),
      "\(classes[row].debugDescription)")
  }

  /// The class names of the table on the provenance page, entities resolved. Parted as bytes: a combining mark joins
  /// the tag before it.
  private static let classColumn = Result { () throws -> [String] in
    let source = try written.get().bytes("provenance.html")
    return source.split(separator: "<th scope=\"row\" class=\"word\"><bdi>".utf8).dropFirst().map {
      let cell = $0.split(separator: "</bdi></th>".utf8, omittingEmptySubsequences: false)[0]
      return HTMLPage(String(decoding: cell, as: UTF8.self)).text
    }
  }

  @Test func fileNamesComeFromNumbers() throws {
    let allowed = try Regex(
      #"(MANIFEST\.sha256|style\.css|explore\.js|[a-z]+(-by-[a-z]+)?(-[0-9]+)?\.html|data/[a-z-]+\.(csv|json)|figures/figure-[0-9]+\.(svg|pdf|png)|tables/[a-z-]+\.tex|sheets/([0-9]+(-own|-difference|-contours)?|(difference-)?scale)\.png)"#
    )
    for file in try report().files {
      #expect(file.name.wholeMatch(of: allowed) != nil, "\(file.name)")
    }
  }

  @Test func spreadsheetsSeeNoFormula() throws {
    let report = try report()
    for file in report.files where file.name.hasSuffix(".csv") {
      for row in try csvRows(file.bytes) {
        for cell in row where Double(cell) == nil {
          #expect(!"=+-@\t\r".contains(cell.first ?? "x"), "\(file.name): \(cell.prefix(40))")
        }
      }
    }
    // Whole and unchanged otherwise.
    let classes = try report.table("classes.csv").map { $0["class"]! }
    #expect(classes.count == Self.table.count)
    for (found, row) in zip(classes, Self.table) {
      #expect(Array(found.utf8) == Array((row.cell ?? row.name).utf8))
    }
  }

  @Test func jsonReadsBackWhole() throws {
    let names = try #require(try report().json()["classNames"] as? [String])
    #expect(names.map { Array($0.utf8) } == Self.names.map { Array($0.utf8) })
  }

  @Test func htmlCheckerFindsNothing() throws {
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["EXITLENS_TOOLS"] ?? (environment["HOME"] ?? "") + "/.cache/exitlens-tools"
    try #require(
      Files.exists(cache + "/vnu.jar"),
      "\(cache)/vnu.jar is missing: run Tests/ReportTests/Tools/setup.sh (make test does)")
    let report = try report()
    try inScratch { scratch in
      let pages = report.files.filter { $0.name.hasSuffix(".html") }
      for page in pages { try Files.write(page.bytes, to: "\(scratch)/\(page.name)") }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments =
        ["java", "-jar", cache + "/vnu.jar"] + pages.map { "\(scratch)/\($0.name)" }
      let pipe = Pipe()
      process.standardError = pipe
      try process.run()
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(String(decoding: output, as: UTF8.self) == "")
    }
  }
}
