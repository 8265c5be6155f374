import Analysis
import Report
import TestSupport
import Testing

@Suite struct PaperTableTests {
  private static let tables = [
    "accuracy", "calibration", "centred", "classes", "consistency", "early-exit", "failure",
  ]

  private func audit() -> SyntheticAudit {
    var audit = SyntheticAudit()
    SyntheticCalibration.add(to: &audit.result)
    return audit
  }

  private func table(_ name: String, _ report: WrittenReport) throws -> TeXChecker {
    let checker = TeXChecker(try report.text("tables/\(name).tex"))
    #expect(checker.problems == [], "\(name)")
    return checker
  }

  @Test func everyTableHoldsTogether() throws {
    let report = try WrittenReport(audit())
    let names = report.files.map(\.name).filter { $0.hasPrefix("tables/") }
    #expect(names == Self.tables.map { "tables/\($0).tex" })
    for name in Self.tables { #expect(try !table(name, report).rows.isEmpty) }
    #expect(try report.text("MANIFEST.sha256").contains("  tables/consistency.tex\n"))
    let links = try report.page("index.html").tags.compactMap { $0["href"] }
    #expect(links.contains("tables/consistency.tex"))
  }

  @Test func numbersAndTheirIntervals() throws {
    let report = try WrittenReport(audit())
    let rows = try table("consistency", report).rows
    #expect(rows[2] == ["Exit 1", "0.300", "0.600", "$\\mathbf{+0.300}$", "0.250", "0.400"])
    #expect(
      rows[3] == [
        "", "{\\scriptsize {[0.280, 0.320]}}", "{\\scriptsize {[0.580, 0.620]}}",
        "{\\scriptsize {[$+0.288$, $+0.312$]}}", "", "",
      ])
    let centred = try table("centred", report).rows
    #expect(centred[2] == ["Exit 1", "0.000", "0.300", "$\\mathbf{+0.300}$", "0.010", "0.010"])
    #expect(centred[3][1] == "{\\scriptsize {[$-0.020$, 0.020]}}")
    // Not bold: the interval holds 0.
    let accuracy = try table("accuracy", report).rows
    #expect(accuracy[2] == ["Exit 1", "60.0", "60.3", "$+0.3$"])
    #expect(accuracy.contains { $0.first == "Exit 5, final" })
    let early = try table("early-exit", report).rows
    #expect(
      early[1] == ["Baseline", "10.0", "20.0", "30.0", "15.0", "25.0", "83.0", "32.5"])
    let calibration = try table("calibration", report).rows
    #expect(calibration.contains { $0.first == "Exit 2" && $0[3] == "$\\mathbf{-0.030}$" })
    let failure = try table("failure", report).rows
    #expect(failure.contains { $0 == ["Exit 5, final", "---", "---", "---"] })
  }

  @Test func captionsSayWhatBoldAndBracketsAre() throws {
    let text = try WrittenReport(audit()).text("tables/consistency.tex")
    #expect(text.contains("on shapes (30 test images)"))
    #expect(
      text.contains("In brackets: 95 \\% intervals over images, the training runs held fixed."))
    #expect(text.contains("with its 95 \\% interval over 30 test images, for these two networks;"))
    #expect(text.contains("bold where that excludes 0 and the test rejects at 0.05."))
    var unpaired = audit()
    unpaired.result.paired = nil
    unpaired.result.pairingRefusal = "other samples"
    let report = try WrittenReport(unpaired)
    let rows = try table("consistency", report).rows
    #expect(rows[2] == ["Exit 1", "0.300", "0.600", "0.250", "0.400"])
    #expect(try report.text("tables/accuracy.tex").contains("The two models saw different images."))
    #expect(!(try report.text("tables/accuracy.tex").contains("mathbf")))
  }

  /// Several runs: their spread instead of brackets, and differences over images and runs.
  @Test func severalRunsHaveTheirSpread() throws {
    var audit = audit()
    for arm in [\AuditResult.baseline, \AuditResult.egt] {
      audit.result[keyPath: arm].seeds = [1, 2, 3]
      audit.result[keyPath: arm].exits[0][.cosine]?.runs = RunsEstimate(
        values: [0.29, 0.3, 0.31], deviation: 0.0123, estimate: Estimate(0.3),
        degreesOfFreedom: 2, nested: nil)
    }
    audit.result.paired?.exits[0][.cosine]?.runs = RunsEstimate(
      values: [], deviation: nil, estimate: Estimate(0.3, low: -0.1, high: 0.7),
      degreesOfFreedom: 4, nested: nil)
    let report = try WrittenReport(audit)
    let rows = try table("consistency", report).rows
    #expect(rows[2][1] == "$0.300 \\pm 0.012$" && rows[2][2] == "$0.600 \\pm 0.012$")
    // The wider interval holds 0.
    #expect(rows[2][3] == "$+0.300$" && rows[3][3].contains("$-0.100$, $+0.700$"))
    let text = try report.text("tables/consistency.tex")
    #expect(text.contains("$\\pm$: standard deviation over 3 training runs."))
  }

  /// No name from outside becomes a command, ends a cell, or stops LaTeX.
  @Test func namesAreOnlyText() throws {
    let names =
      [
        "\\input{/etc/passwd}", "a & b \\\\ c", "$x$", "50% #1 {x} ~y^2_z", "[0pt]", "*",
        "--- ''``",
        "Straße Ångström façade naïve", "œuvre łódź ñ ő š", "猫 и кот", "\u{1D49C}", "λ ≤ 0.3 → Δ",
      ] + AdversarialNamesTests.names
    var audit = SyntheticAudit(
      samples: names.count * 2, classNames: names, dataName: AdversarialNamesTests.names[28])
    SyntheticCalibration.add(to: &audit.result)
    let report = try WrittenReport(audit)
    for name in Self.tables { _ = try table(name, report) }
    let classes = try table("classes", report).rows.map(\.[0])
    // More classes than a page has room for: the heading, the first 40, the others together, and all.
    #expect(names.count > 40 && classes.count == 43)
    #expect(classes[41] == "and \(names.count - 40) more" && classes[42] == "All")
    #expect(classes.contains("\\textbackslash{}input\\{/etc/passwd\\}"))
    #expect(classes.contains("50\\% \\#1 \\{x\\} \\textasciitilde{}y\\textasciicircum{}2\\_z"))
    #expect(classes.contains("{[}0pt{]}") && classes.contains("{*}"))
    #expect(
      classes.contains(
        "Stra\\ss{}e \\r{A}ngstr\\\"{o}m fa\\c{c}ade na\\\"{i}ve"
      ))
    #expect(
      classes.contains("\\oe{}uvre \\l{}\\'{o}d\\'{z} \\~{n} \\H{o} \\v{s}"))
    #expect(classes.contains("{[}U+732B{]} {[}U+0438{]} {[}U+043A{]}{[}U+043E{]}{[}U+0442{]}"))
    #expect(classes.contains("$\\lambda$ $\\le$ 0.3 $\\to$ $\\Delta$"))
  }

  /// The checker itself must be able to fail.
  @Test func checkerSeesWhatIsWrong() {
    let text = """
      % first
      \\begin{table}
      \\caption{a_b}
      \\begin{tabular}{@{}lr@{}}
      a & b & c \\\\
      [x & $y \\\\
      \\input{x} & é \\\\
      z
      \\end{table}
      """
    #expect(TeXChecker(text).problems.count == 9, "\(TeXChecker(text).problems)")
  }
}
