import TensorCore
import Testing

@Suite struct LanesTests {
  @Test(arguments: [(1, 5), (2, 5), (3, 2), (4, 0), (7, 100)])
  func partsCoverEverythingOnce(lanes: Int, total: Int) {
    let lanes = Lanes(lanes)
    let parts = (0..<lanes.count).flatMap { Array(lanes.range($0, of: total)) }
    #expect(parts == Array(0..<total))
    let sizes = (0..<lanes.count).map { lanes.range($0, of: total).count }
    #expect(sizes.max()! - sizes.min()! <= 1)
  }

  @Test func everyLaneRuns() {
    let memory = FloatMemory(zeros: 4)
    let base = memory.base
    Lanes(4).run { lane in base[lane] += Float(lane + 1) }
    #expect((0..<4).map { base[$0] } == [1, 2, 3, 4])
  }
}
