import Analysis
import CairoKit
import Foundation
import ImageCodec
import Recordings
import Rendering
import TensorCore
import TestSupport
import Testing

@Suite struct AttentionMapsTests {
  let font: Font

  init() throws { font = try Font() }

  private static let size = GridSize(height: 12, width: 16)

  private func recording(step: Int) -> Recording {
    SampleRecordings.make(
      input: Self.size,
      image: SampleRecordings.ramp(Self.size.count, step: 7, modulus: 251).map { UInt8($0) },
      maps: [
        SampleRecordings.softmaxMap(6, 8, step: step),
        SampleRecordings.softmaxMap(3, 4, step: step),
      ])
  }

  private func sample(wrong: Bool = false, cosine: Double? = 0.314) -> SampleResult {
    let arm = SampleModel(
      predictions: [wrong ? 1 : 0, 0], confidences: [0.61, 0.875], cosines: [cosine, nil],
      centred: [0.1, nil], mapMaxima: [0.1, 0.2], leavesAt: 2)
    return SampleResult(index: 0, label: 0, baseline: arm, egt: arm, deltaCosine: 0)
  }

  private func figure(
    _ sample: SampleResult, scaling: SheetScaling = .shared,
    names: [String] = ["a dress", "coat & <\u{202E}hat>"]
  ) throws -> AttentionMaps {
    let sheet = OverlaySheet(
      try SheetSource(models: [recording(step: 3), recording(step: 5)]), scaling: scaling)
    return try AttentionMaps(
      of: sample, sheet: sheet, models: [("Baseline", 0), ("EGT", 1)], mapWord: "attention",
      image: nil, classNames: names)
  }

  @Test func saysWhatItShows() throws {
    let shared = try figure(sample())
    #expect(shared.name == "maps-0")
    #expect(shared.caption.contains("All tiles share one colour scale, in attention times cells"))
    let own = try figure(sample(), scaling: .ownMaximum)
    #expect(own.name == "maps-0-own-scale")
    #expect(own.caption.contains("brightness does not compare between tiles"))
  }

  @Test func sameBytesWhateverWasDrawnBefore() throws {
    for scaling in [SheetScaling.shared, .ownMaximum] {
      let figure = try figure(sample(wrong: true, cosine: nil), scaling: scaling)
      let page = figure.page(width: 252, font: font, models: [])
      let (pdf, svg) = (try figure.pdf(page), try figure.svg(page))
      _ = try self.figure(sample()).svg(page)
      #expect(try figure.pdf(page) == pdf)
      #expect(try figure.svg(page) == svg)
      let text = String(decoding: svg, as: UTF8.self)
      #expect(text.contains(#"id="image1""#) && text.contains(##"xlink:href="#image1""##))
    }
  }

  /// Tiles at 300 pixels an inch or more, each a whole number of times the input's, and told not to be interpolated.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pdfimages")))
  func imagesAreFineAndNotInterpolated() throws {
    let figure = try figure(sample())
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("exitlens-\(UUID().uuidString).pdf")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(figure.pdf(figure.page(width: 252, font: font, models: []))).write(to: url)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/pdfimages")
    process.arguments = ["-list", url.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let rows = output.split(separator: "\n").dropFirst(2).map { $0.split(separator: " ") }
    // Two inputs, four maps and the colour scale.
    #expect(rows.count == 7)
    for row in rows.prefix(6) {
      let (width, height) = (try #require(Int(row[3])), try #require(Int(row[4])))
      #expect(width % 16 == 0 && height % 12 == 0 && width / 16 == height / 12)
      #expect(row[9] == "no")
      let density = try #require(Int(row[12]))
      #expect(density >= 299)
    }
  }

  @Test func pixelsStayAsTheyAre() throws {
    let figure = try figure(sample())
    let page = figure.page(width: 252, font: font, models: [])
    let image = try figure.image(page, pixelsPerInch: 300)
    #expect(image.width == 1050)
    // The first tile is the grey input: its first pixel is 0, its second 7, both large squares.
    let tile = (page.width - 1.3 * 6 - 2 * 2) / 3 / 72 * 300
    let (x, y) = (Int(1.3 * 6 / 72 * 300) + 3, Int(1.4 * 6 / 72 * 300) + 3)
    let side = tile / 16
    for (column, value) in [0, 7, 14, 21].enumerated() {
      let start = (y * image.width + x + Int(Double(column) * side + side / 4)) * 3
      #expect(image.pixels[start..<start + 3].allSatisfy { $0 == UInt8(value) }, "pixel \(column)")
    }
  }
}
