import Analysis
import Foundation
import TensorCore
import Testing

struct EarthMoverTests {
  private func distance(_ map: [Double], _ final: [Double], _ height: Int, _ width: Int) -> Double?
  {
    EarthMover.distance(map, final, GridSize(height: height, width: width))
  }

  private struct Case: Decodable {
    var grid: GridSize
    var map: [Double]
    var final: [Double]
    var distance: Double
  }

  /// SciPy's linear programming (`Fixtures/maps/make_earth_mover.py`), whose own tolerance is 1e-10.
  @Test func linearProgrammingAgrees() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixture.path("maps/earth_mover.json")))
    let cases = try JSONDecoder().decode([Case].self, from: data)
    #expect(cases.count == 28)
    for (number, item) in cases.enumerated() {
      let found = EarthMover.distance(item.map, item.final, item.grid)
      #expect(isClose(found, item.distance, 1e-9), "case \(number), \(item.grid)")
      // The same way back.
      #expect(isClose(EarthMover.distance(item.final, item.map, item.grid), item.distance, 1e-9))
    }
  }

  @Test func onePeakMovesAsFarAsItLies() {
    for (height, width) in [(1, 5), (4, 1), (3, 4)] {
      for from in 0..<height * width {
        for to in 0..<height * width {
          var (map, final) = (
            [Double](repeating: 0, count: height * width),
            [Double](repeating: 0, count: height * width)
          )
          (map[from], final[to]) = (3, 0.5)
          let way = abs(from / width - to / width) + abs(from % width - to % width)
          #expect(
            isClose(
              distance(map, final, height, width), Double(way) / Double(height + width - 2), 1e-12))
        }
      }
    }
  }

  @Test func scaleDoesNotCount() {
    let map: [Double] = [1, 2, 3, 4, 5, 6]
    #expect(distance(map, map.map { 7 * $0 }, 2, 3) == 0)
  }

  @Test func whatHasNoMassHasNoDistance() {
    let map: [Double] = [1, 2, 3, 4]
    #expect(distance(map, [0, 0, 0, 0], 2, 2) == nil)
    #expect(distance(map, [1, -1, 1, 1], 2, 2) == nil)
    #expect(distance(map, [1, .nan, 1, 1], 2, 2) == nil)
    #expect(distance(map, [1, .infinity, 1, 1], 2, 2) == nil)
    #expect(distance([2], [3], 1, 1) == nil)
  }

  /// Maps that show where the image's peak is are closer than another image's; the null is what unrelated peaks give.
  @Test func anAuditFindsWhatIsAboutTheImage() throws {
    var generator = SeededGenerator(seed: 8)
    let grid = GridSize(height: 4, width: 4)
    let peaks = (0..<200).map { _ in generator.index(below: 16) }
    let recording = syntheticRecording(
      sampleCount: 200, grids: [grid, grid], input: GridSize(height: 8, width: 8)
    ) { sample, exit in
      // The early exit's peak lies one column beside the final one's.
      let peak = exit == 0 ? peaks[sample] ^ 1 : peaks[sample]
      return (0..<16).map { $0 == peak ? 1 : 0 }
    }
    let result = try Auditor.audit(
      [Model("Only", [recording])], options: AuditOptions(resamples: 500))
    let number = try #require(result.numbers[.earthMover, .exit(1), model: 0])
    #expect(isClose(number.value, 1.0 / 6, 1e-9) && number.n == 200)
    // Two cells of four by four are (15/12 + 15/12) columns and rows apart on average.
    #expect(isClose(number.null, 2.5 / 6, 0.05))
    let excess = try #require(result.numbers[.earthMoverExcess, .exit(1), model: 0])
    #expect(isClose(excess.value, number.value - number.null!, 1e-12))
    #expect(excess.estimate.high! < 0)
    // Cell by cell these maps have little in common.
    #expect(try #require(result.numbers[.cosine, .exit(1), model: 0]).value < 0.7)
  }
}
