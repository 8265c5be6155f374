import CairoKit
import Foundation
import ImageCodec
import Rendering
import Testing

/// What holds for every figure, on usual and on hostile results.
@Suite struct FigureTests {
  let font: Font

  init() throws {
    font = try Font()
  }

  /// Widths and styles of a page, a phone, a column and half a column.
  private func layouts(_ name: String) -> [(width: Double, style: FigureStyle)] {
    let models = SampleFigures.models(named: name)
    let (page, paper) = (FigureStyle.page(font: font), FigureStyle.paper(font: font))
    return [(640, page), (300, page), (252, paper), (170, paper)].map {
      ($0, $1.showing(models))
    }
  }

  @Test(arguments: SampleFigures.names)
  func labelsTouchNeitherEachOtherNorTheEdge(name: String) {
    let figures = SampleFigures.figures(named: name)
    #expect(!figures.isEmpty)
    for figure in figures {
      for (width, style) in layouts(name) {
        let canvas = RecordingCanvas.marks(of: figure, width: width, style: style)
        let height = figure.height(width: width, style: style)
        let labels = canvas.labels.filter { !$0.text.isEmpty }
        let boxes = labels.map { RecordingCanvas.box(of: $0, font: font) }
        for (index, box) in boxes.enumerated() {
          let place = "\(figure.name) at \(width): \(labels[index].text)"
          #expect(box.x > -0.5 && box.right < width + 0.5, "\(place) leaves the sides")
          #expect(box.y > -0.5 && box.bottom < height + 0.5, "\(place) leaves top or bottom")
          for (other, label) in zip(boxes, labels).dropFirst(index + 1) {
            let apart =
              box.right <= other.x || other.right <= box.x || box.bottom <= other.y
              || other.bottom <= box.y
            #expect(apart, "\(place) touches \(label.text)")
          }
        }
      }
    }
  }

  @Test(arguments: SampleFigures.names)
  func onlyFiniteNumbersAndNoNaNReachThePicture(name: String) {
    for figure in SampleFigures.figures(named: name) {
      for (width, style) in layouts(name) {
        let canvas = RecordingCanvas.marks(of: figure, width: width, style: style)
        #expect(canvas.numbers.allSatisfy { $0.isFinite })
        #expect(canvas.numbers.allSatisfy { abs($0) < 10_000 })
      }
      let words = [
        figure.pageSVG(font: font, models: SampleFigures.models(named: name)), figure.caption,
        figure.summary, figure.title,
      ]
      for text in words {
        let lower = text.lowercased()
        #expect(!lower.contains("nan") && !lower.contains("infinity") && !lower.contains("inf "))
      }
    }
  }

  @Test(arguments: SampleFigures.names)
  func pageSVGHoldsToTheForm(name: String) throws {
    let classes = Set(
      Ink.allCases.flatMap { ["line-\($0.rawValue)", "fill-\($0.rawValue)"] } + ["chart"])
    for figure in SampleFigures.figures(named: name) {
      let svg = figure.pageSVG(font: font, models: SampleFigures.models(named: name))
      #expect(svg == figure.pageSVG(font: font, models: SampleFigures.models(named: name)))
      #expect(!svg.contains("style=") && !svg.contains(" id=") && !svg.contains("<script"))
      #expect(!svg.contains("fill=\"#") && !svg.contains("href"))
      // A page of 200 KB holds it twice; five models of twelve exits are a page of their own.
      #expect(svg.utf8.count < (SampleFigures.models(named: name).count > 2 ? 250_000 : 75_000))
      for match in svg.matches(of: /class="([^"]*)"/) {
        for name in match.1.split(separator: " ") { #expect(classes.contains(String(name))) }
      }
    }
  }

  @Test(arguments: SampleFigures.names)
  func paperFiguresKeepMinimumSizes(name: String) {
    for figure in SampleFigures.figures(named: name) {
      let canvas = RecordingCanvas.marks(
        of: figure, width: 252, style: .paper(font: font).showing(SampleFigures.models(named: name))
      )
      #expect(canvas.labels.allSatisfy { $0.size >= 6 })
      #expect(canvas.lines.allSatisfy { $0.stroke.width >= 0.5 })
      #expect(canvas.rectangles.allSatisfy { $0.stroke.map { $0.width >= 0.5 } ?? true })
    }
  }

  @Test func pdfIsTheSameTwiceWithEmbeddedTrueTypeOnly() throws {
    for figure in SampleFigures.figures(named: "usual") {
      let bytes = try figure.pdf(figure.page(width: 252, font: font, models: SampleFigures.two))
      let again = try figure.pdf(figure.page(width: 252, font: font, models: SampleFigures.two))
      #expect(bytes == again)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.hasPrefix("%PDF-1."))
      #expect(text.contains("/FontFile2") && !text.contains("/Type3"))
      #expect(!text.contains("/FontFile3") && text.contains("LiberationSans"))
      #expect(text.contains("20000101000000Z"))
      #expect(text.contains("/MediaBox [ 0 0 252 "))
    }
  }

  /// poppler's own opinion, where it is installed.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pdffonts")))
  func pdffontsSeesEmbeddedTrueTypeOnly() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("exitlens-\(UUID().uuidString).pdf")
    defer { try? FileManager.default.removeItem(at: url) }
    let figure = try #require(SampleFigures.figures(named: "training").first)
    try Data(figure.pdf(figure.page(width: 252, font: font, models: SampleFigures.two))).write(
      to: url)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/pdffonts")
    process.arguments = [url.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let fonts = output.split(separator: "\n").dropFirst(2)
    #expect(!fonts.isEmpty)
    for font in fonts {
      #expect(font.contains("TrueType") && font.contains("LiberationSans"))
      #expect(font.contains(/yes +yes +yes/), "embedded, subset, with Unicode: \(font)")
    }
  }

  @Test func paperSVGIsTheSameTwiceAndInPoints() throws {
    let figure = try #require(SampleFigures.figures(named: "usual").first)
    let bytes = try figure.svg(figure.page(width: 252, font: font, models: SampleFigures.two))
    let again = try figure.svg(figure.page(width: 252, font: font, models: SampleFigures.two))
    #expect(bytes == again)
    #expect(String(decoding: bytes, as: UTF8.self).contains(#"width="252pt""#))
  }

  @Test(arguments: SampleFigures.names)
  func imageHasTheSizeAskedFor(name: String) throws {
    for figure in SampleFigures.figures(named: name) {
      let image = try figure.image(
        figure.page(width: 252, font: font, models: SampleFigures.models(named: name)),
        pixelsPerInch: 144)
      let height = figure.height(
        width: 252, style: .paper(font: font).showing(SampleFigures.models(named: name)))
      #expect(image.width == 504 && image.height == Int((2 * height).rounded(.up)))
      let again = try figure.image(
        figure.page(width: 252, font: font, models: SampleFigures.models(named: name)),
        pixelsPerInch: 144)
      #expect(image == again)
    }
  }
}
