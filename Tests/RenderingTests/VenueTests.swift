import CairoKit
import Foundation
import Rendering
import Testing

@Suite struct VenueTests {
  let font: Font

  init() throws { font = try Font() }

  @Test func namesAndSizes() throws {
    let widths = [
      "ieee": 252, "neurips": 396, "icml": 234, "cvpr": 236.16, "nature": 252.283_464_566_929_13,
    ]
    #expect(Venue.named.count == widths.count)
    for (name, width) in widths {
      let venue = try #require(Venue(name))
      #expect(abs(venue.width - width) < 1e-9 && venue.height == nil)
    }
    #expect(Venue("IEEE") == Venue("ieee"))
    let inches = try #require(Venue("3.5x2.4"))
    #expect(inches.width == 252 && abs((inches.height ?? 0) - 172.8) < 1e-9)
    #expect(Venue("252x180pt")?.height == 180)
    #expect(abs((Venue("89x60mm")?.width ?? 0) - 252.283) < 1e-3)
    for bad in [
      "", "acm", "3.5", "3.5x", "x2", "3.5x2.4x1", "-3x2", "0x0", "nanx2", "infx2", "3.5x2cm",
      "1x1",
      "100x2", "3,5x2",
    ] {
      #expect(Venue(bad) == nil, "\(bad)")
    }
  }

  /// Final sizes of text and lines, for every chart and venue.
  @Test(arguments: Venue.named) func textAndLinesAreLargeEnough(venue: Venue) throws {
    for figure in SampleFigures.figures(named: "usual") + SampleFigures.figures(named: "training") {
      let page = try figure.page(for: venue, font: font, models: SampleFigures.two)
      #expect(page.width == venue.width)
      let canvas = RecordingCanvas.marks(of: figure, on: page)
      #expect(canvas.labels.allSatisfy { $0.size >= 6 })
      #expect(canvas.lines.allSatisfy { $0.stroke.width >= 0.5 })
      #expect(canvas.rectangles.allSatisfy { $0.stroke.map { $0.width >= 0.5 } ?? true })
      #expect(
        canvas.labels.allSatisfy {
          RecordingCanvas.box(of: $0, font: font).right < venue.width + 0.5
        })
    }
  }

  /// A height that is asked for is kept; labels stay apart at both ends of what is possible.
  @Test func heightsAreMet() throws {
    for name in ["usual", "training", "calibration of 5 and 5 exits"] {
      for figure in SampleFigures.figures(named: name) {
        let least = Venue(name: "flat", width: 252, height: 10)
        guard let (low, high) = range(of: figure, least) else {
          Issue.record("\(figure.name) fits in ten points")
          continue
        }
        // Square cells have one size.
        #expect(low < high || (low == high && figure.name.hasPrefix("exit-matrices")))
        for height in [low, (low + high) / 2, high] {
          let page = try figure.page(
            for: Venue(name: "x", width: 252, height: height), font: font,
            models: SampleFigures.two)
          #expect(page.height == height)
          let canvas = RecordingCanvas.marks(of: figure, on: page)
          let boxes = canvas.labels.filter { !$0.text.isEmpty }
            .map { RecordingCanvas.box(of: $0, font: font) }
          for (index, box) in boxes.enumerated() {
            #expect(box.y > -0.5 && box.bottom < height + 0.5, "\(figure.name) at \(height)")
            for other in boxes.dropFirst(index + 1) {
              let apart =
                box.right <= other.x || other.right <= box.x || box.bottom <= other.y
                || other.bottom <= box.y
              #expect(apart, "\(figure.name) at \(height)")
            }
          }
        }
      }
    }
  }

  /// The heights that the refusal names, in points.
  private func range(of figure: any Figure, _ venue: Venue) -> (low: Double, high: Double)? {
    do throws(RenderingFault) {
      _ = try figure.page(for: venue, font: font, models: SampleFigures.two)
      return nil
    } catch {
      guard case .noSuchHeight(_, _, _, let least, let most) = error else { return nil }
      return (least * 72, most * 72)
    }
  }
}
