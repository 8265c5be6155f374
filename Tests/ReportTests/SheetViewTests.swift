import Recordings
import Report
import Testing

/// The difference and contour views of a gallery.
@Suite struct SheetViewTests {
  private func images(_ report: WrittenReport, _ ending: String) throws -> [HTMLPage.Tag] {
    try report.page("gallery-1.html").tags.filter {
      $0.name == "img" && $0["src"]?.hasSuffix(ending) == true
    }
  }

  @Test func everySampleHasThemWithWordsAndAScale() throws {
    let report = try WrittenReport.usual.get()
    for ending in ["-difference.png", "-contours.png"] {
      let images = try images(report, ending)
      #expect(images.count == 30)
      for (number, image) in images.enumerated() {
        #expect(image["src"] == "sheets/\(number)\(ending)")
        #expect(image["alt"]?.hasPrefix("Image \(number): ") == true)
        #expect(image["loading"] == "lazy")
      }
    }
    #expect(try images(report, "difference-scale.png").count == 30)
    let rows = try report.table("sheets.csv")
    let words = try report.words("gallery-1.html")
    for row in rows.prefix(5) {
      let limit = try #require(Double(row["difference_limit"]!))
      let scale = (limit * 100).rounded() / 100
      #expect(limit > 1 && limit < 10)
      #expect(words.contains("−\(scale)") && words.contains("+\(scale)"), "±\(scale)")
      #expect(row["difference_undefined_pixels"] == "0" && row["maps_without_contours"] == "0")
    }
    #expect(words.contains("Lines enclose 50 % (thick), 75 % and 90 % (thin) of each map."))
    #expect(!words.contains("are drawn for"))
  }

  /// Sizes that a browser keeps free until a picture is there are the picture's own.
  @Test func sizesAreThePictures() throws {
    let report = try WrittenReport.usual.get()
    for ending in ["0.png", "0-difference.png", "0-contours.png"] {
      let image = try #require(try images(report, "/\(ending)").first)
      let header = try report.bytes("sheets/\(ending)")[16..<24].map(Int.init)
      #expect(image["width"] == String(header[2] << 8 + header[3]))
      #expect(image["height"] == String(header[6] << 8 + header[7]))
    }
  }

  @Test func aLargeGalleryHasThemForSomeAndSaysWhich() throws {
    var options = ReportOptions(gallery: .all)
    options.views = .atMost(12)
    let audit = SyntheticAudit(samples: 45)
    let report = try WrittenReport(audit, options)
    #expect(problems(in: report.files) == [])
    let viewed = report.files.filter { $0.name.hasSuffix("-contours.png") }.map(\.name)
    #expect(viewed.count == 12)
    #expect(report.files.count { $0.name.hasSuffix("-difference.png") } == 12)
    #expect(try images(report, "-own.png").count == 45)
    #expect(
      try report.words("gallery-1.html").contains(
        "Difference and contours are drawn for 12 of these images"))
    // The six of the summary are among them, and the rest are those of a gallery of that size.
    let index = try report.page("index.html").tags.compactMap { $0["src"] }
    #expect(index.count { $0.hasSuffix("-difference.png") } == 6)
    let small = try WrittenReport(audit, ReportOptions(gallery: .atMost(12)))
    #expect(
      small.files.filter { $0.name.hasSuffix("-contours.png") }.map(\.name) == viewed)
    let rows = try report.table("sheets.csv")
    #expect(rows.count == 45 && rows.count { $0["difference_limit"] == "" } == 33)
  }

  @Test func noneAreDrawnWhereNoneAreWanted() throws {
    var options = ReportOptions()
    options.views = .atMost(0)
    let report = try WrittenReport(SyntheticAudit(samples: 8), options)
    #expect(problems(in: report.files) == [])
    #expect(report.files.count { $0.name.hasPrefix("sheets/") } == 2 * 8 + 1)
    let words = try report.words("gallery-1.html")
    #expect(!words.contains("Contours") && !words.contains("Difference"))
  }

  @Test func modelsWithOtherQuantitiesHaveNoDifference() throws {
    var audit = SyntheticAudit(samples: 4)
    audit.egt[0].manifest.attentionKind = "sigmoid"
    let report = try WrittenReport(audit)
    #expect(problems(in: report.files) == [])
    #expect(!report.files.contains { $0.name.contains("difference") && $0.name.hasSuffix("png") })
    #expect(report.files.count { $0.name.hasSuffix("-contours.png") } == 4)
    #expect(try report.words("gallery-1.html").contains("There is no difference view: one model’s"))
    #expect(try report.table("sheets.csv").allSatisfy { $0["difference_limit"] == "" })
  }

  @Test func exitsOfOneModelAloneAreSaid() throws {
    var audit = SyntheticAudit(samples: 4)
    audit.egt[0].manifest.exits.removeLast()
    audit.egt[0].attention.removeLast()
    audit.result.egt.exits.removeLast()
    for index in audit.result.samples.indices {
      audit.result.samples[index].egt.predictions.removeLast()
      audit.result.samples[index].egt.confidences.removeLast()
      audit.result.samples[index].egt.cosines.removeLast()
      audit.result.samples[index].egt.mapMaxima.removeLast()
    }
    let report = try WrittenReport(audit)
    #expect(problems(in: report.files) == [])
    #expect(
      try report.words("gallery-1.html").contains(
        "Not every model has the exits after 4: their place in the difference view is empty."))
  }

  @Test func mapsThatAreNotFiniteOrEvenAreCounted() throws {
    var audit = SyntheticAudit(samples: 3)
    audit.egt[0].attention[0][0] = .nan
    let grid = SyntheticAudit.grids[3].count
    for cell in 0..<grid { audit.baseline[0].attention[3][cell] = 1 / Float(grid) }
    let report = try WrittenReport(audit)
    let words = try report.words("gallery-1.html")
    // One cell of 16×16 on an input of 16×16 is one pixel.
    #expect(words.contains("EGT does; 1 pixel has no finite value: hatched."))
    #expect(words.contains("of each map; 2 maps have none: hatched."))
    #expect(try report.table("sheets.csv")[0]["maps_without_contours"] == "2")
  }
}
