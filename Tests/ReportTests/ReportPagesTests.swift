import Analysis
import FileKit
import Report
import TestSupport
import Testing

@Suite struct ReportPagesTests {
  @Test func pagesStandAloneAndEveryLinkLeadsSomewhere() throws {
    let report = try WrittenReport(
      SyntheticAudit(samples: 130), ReportOptions(gallery: .atMost(60)),
      figures: Set(FigureFormat.allCases))
    #expect(problems(in: report.files) == [])
    let names = report.files.map(\.name)
    for page in [
      "index.html", "efficiency.html", "training.html", "gallery-1.html", "gallery-2.html",
      "provenance.html", "samples-by-delta-1.html", "explore-1.html", "explore.js", "style.css",
      "MANIFEST.sha256",
      "data/report.json", "figures/figure-1.pdf", "figures/figure-2.svg", "figures/figure-3.png",
    ] {
      #expect(names.contains(page))
    }
    #expect(names.count { $0.hasPrefix("sheets/") } == 4 * 60 + 2)
  }

  /// The checker itself must be able to fail.
  @Test func checkerSeesWhatIsWrong() {
    let page = """
      <!DOCTYPE html><html lang="en"><body><h1>a</h1><header></header><nav></nav><main></main>
      <footer></footer><a href="gone.html">x</a><a href="#gone">x</a><p id="i"></p><p id="i"></p>
      <p style="x">y</p><img src="page.html" alt=""><script></script></body></html>
      """
    let found = problems(in: [("page.html", Array(page.utf8)), ("s.css", Array("url(x)".utf8))])
    #expect(found.count == 7, "\(found)")
  }

  @Test func tableOnePrintsTheNumbers() throws {
    let words = try WrittenReport.usual.get().words("index.html")
    #expect(
      words.contains("Exit 1 16×16 Baseline 0.300 [0.280, 0.320] 0.250 +0.050 [+0.030, +0.070]"))
    #expect(
      words.contains(
        "Δ +0.300 [+0.288, +0.312] p < 0.001 — +0.300 [+0.280, +0.320] — +0.3 [−0.9, +1.5]"))
    #expect(words.contains("Exit 5, final 4×4 Baseline — — — — 1.90 0 84.0 [81.0, 87.0]"))
    #expect(words.contains("Mean early exits Baseline 0.450 [0.430, 0.470] 0.250"))
  }

  @Test func undefinedMapsAreSaid() throws {
    var audit = SyntheticAudit()
    audit.result.egt.exits[1].undefined = 3
    audit.result.egt.exits[1].n = 27
    let words = try WrittenReport(audit).words("index.html")
    #expect(words.contains("EGT, exit 2: 3 undefined, 27 used."))
  }

  @Test func alertsComeBeforeNumbers() throws {
    let words = try WrittenReport.usual.get().words("index.html")
    let alert = try #require(words.firstRange(of: "FLATTENED EGT, exit 5"))
    let number = try #require(words.firstRange(of: "Mean cosine"))
    #expect(alert.lowerBound < number.lowerBound)
    // One box for what is said of several exits of one model.
    var several = SyntheticAudit()
    several.result.flags = [(1, "egt"), (1, "baseline"), (3, "egt")].map {
      (exit: Int, arm: String) in
      Flag(code: "NO-EXCESS", arm: arm, exit: exit, message: "\(arm) at \(exit).")
    }
    let grouped = try WrittenReport(several).words("index.html")
    #expect(
      grouped.contains(
        "NO-EXCESS EGT, exits 1, 3 egt at 1. egt at 3. NO-EXCESS Baseline, exit 1 baseline at 1."))
    var calm = SyntheticAudit()
    calm.result.flags = []
    #expect(try WrittenReport(calm).words("index.html").contains("No alert was raised."))
  }

  @Test func definitionBoxPrintsTheLoss() throws {
    let words = try WrittenReport.usual.get().words("index.html")
    #expect(words.contains("EGT entropy + λ · (1 − cosine) 0.3 no early exit softmax"))
    #expect(
      words.contains(
        "Baseline entropy + λ · (1 − cosine) 0 not applicable, λ = 0 not applicable, λ = 0 softmax")
    )
  }

  @Test func galleryShowsEachSampleUnderItsOwnAnchor() throws {
    let audit = SyntheticAudit(samples: 60)
    let report = try WrittenReport(audit)
    let second = try report.page("gallery-2.html")
    #expect(second.ids.contains("s59"))
    #expect(!second.ids.contains("s49"))
    let sample = audit.result.samples[0]
    let words = try report.words("gallery-1.html")
    let confidence = sample.egt.confidences[4]
    #expect(words.contains(percent(confidence)))
    let leaves = try report.page("gallery-1.html").text.filter { $0 == "▸" }.count
    // One per model and sample, and the one that explains the sign.
    #expect(leaves == 101)
  }

  @Test func sortedListsAreSorted() throws {
    let report = try WrittenReport(SyntheticAudit(samples: 60))
    let deltas = try report.table("samples.csv").filter {
      $0["model"] == "EGT" && $0["exit"] == "1"
    }
    .sorted { Double($0["delta_cosine"]!)! > Double($1["delta_cosine"]!)! }.map {
      "#s" + $0["sample"]!
    }
    let links = try report.page("samples-by-delta-1.html").tags
      .compactMap { $0.name == "a" ? $0["href"] : nil }.filter { $0.contains("#s") }
      .map { String($0[$0.firstIndex(of: "#")!...]) }
    #expect(links == deltas)
  }

  @Test func galleryIsStratifiedAndHoldsTheSix() throws {
    let audit = SyntheticAudit(samples: 400)
    let report = try WrittenReport(audit, ReportOptions(gallery: .atMost(90)))
    let shown = try report.table("sheets.csv").map { Int($0["sample"]!)! }
    #expect(shown.count == 90)
    for label in 0..<3 {
      let count = shown.count { audit.result.samples[$0].label == label }
      #expect(abs(count - 30) <= 3)
    }
    // Spread over the recording, not its beginning.
    #expect(shown.filter { $0 < 200 }.count < 60)
    let featured = try report.page("index.html").tags.compactMap { $0["href"] }
      .filter { $0.hasPrefix("gallery-") && $0.contains("#s") }
    #expect(featured.count == 6)
    #expect(try report.words("gallery-1.html").contains("90 of 400 images"))
    let all = try WrittenReport(audit, ReportOptions(gallery: .all))
    #expect(try all.table("sheets.csv").count == 400)
  }

  @Test func bytesAreTheSameEveryTime() throws {
    let first = try WrittenReport(SyntheticAudit(samples: 80), figures: Set(FigureFormat.allCases))
    let second = try WrittenReport(SyntheticAudit(samples: 80), figures: Set(FigureFormat.allCases))
    #expect(first.files.map(\.name) == second.files.map(\.name))
    for (one, other) in zip(first.files, second.files) {
      #expect(one.bytes == other.bytes, "\(one.name) differs")
    }
  }

  @Test func sizesStayWithinTheirBars() throws {
    let names = (0..<9).map { "gesture number \($0)" }
    let report = try WrittenReport(SyntheticAudit(samples: 300, classNames: names, size: 64))
    for file in report.files {
      let bar =
        switch file.name {
        case "index.html": 100_000
        case "style.css": 20_000
        case let name where name.hasSuffix(".html"): 200_000
        case let name where name.hasPrefix("sheets/"): 110_000
        default: Int.max
        }
      #expect(file.bytes.count <= bar, "\(file.name) has \(file.bytes.count) bytes")
    }
  }

  @Test func stampIsPrintedOnlyWhenGiven() throws {
    let plain = try WrittenReport.usual.get()
    #expect(try !plain.words("index.html").contains("2026"))
    let stamped = try WrittenReport(
      SyntheticAudit(), ReportOptions(stamp: "Written 2026-02-03 04:05 UTC."))
    #expect(try stamped.words("index.html").contains("Written 2026-02-03 04:05 UTC."))
  }

  @Test func progressEndsComplete() throws {
    var last: [ReportProgress.Stage: ReportProgress] = [:]
    let audit = SyntheticAudit(samples: 70)
    try inScratch { scratch in
      try ReportBuilder.write(
        result: audit.result, recordings: [audit.baseline, audit.egt], options: ReportOptions(),
        to: scratch + "/report"
      ) { last[$0.stage] = $0 }
    }
    #expect(last.count == 4)
    for progress in last.values { #expect(progress.done == progress.total) }
    #expect(last[.sheets]?.total == 70)
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
