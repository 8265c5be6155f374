import FileKit
import Foundation
import Testing

@Suite struct WorkerThreadTests {
  /// More address space than there is.
  private static let impossible = 1 << 50

  /// What threads have done.
  private final class Count: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0
    func add() { lock.withLock { count += 1 } }
    var value: Int { lock.withLock { count } }
  }

  @Test func joinWaitsForTheWork() throws {
    let count = Count()
    let thread = try #require(WorkerThread.start(stackSize: 1 << 18) { count.add() })
    thread.join()
    #expect(count.value == 1)
  }

  @Test func refusalIsTold() {
    let count = Count()
    #expect(WorkerThread.start(stackSize: Self.impossible) { count.add() } == nil)
    #expect(count.value == 0)
  }

  @Test func allWorkTogether() {
    let count = Count()
    var began = 0
    WorkerThread.together(5, stackSize: 1 << 18, began: { began = $0 }) { count.add() }
    #expect(began == 5 && count.value == 5)
  }

  /// Where none can be started, the caller does the work and does not wait for others.
  @Test func callerWorksAlone() {
    let count = Count()
    var began = 0
    WorkerThread.together(5, stackSize: Self.impossible, began: { began = $0 }) { count.add() }
    #expect(began == 1 && count.value == 1)
  }
}
