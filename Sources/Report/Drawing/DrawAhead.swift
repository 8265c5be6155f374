import Dispatch
import FileKit

/// Makes the parts of a list in order, the next one on a thread of its own while its caller works on the last: drawing
/// need not wait for the disk. Where no thread can be started, the caller makes each part when it asks for it.
final class DrawAhead<Part: Sendable>: @unchecked Sendable {
  private let make: @Sendable (Int) -> Part
  private let count: Int
  private var begun = 0
  /// Whether a thread makes the part that `next` will be asked for.
  private var isAhead = false
  /// What the thread made; read only after `ready` was signalled.
  private var part: Part?
  private let ready = DispatchSemaphore(value: 0)

  /// - Parameter make: called once with each of 0..<count.
  init(count: Int, _ make: @escaping @Sendable (Int) -> Part) {
    self.count = count
    self.make = make
    begin()
  }

  private func begin() {
    guard begun < count else { return }
    let index = begun
    let thread = WorkerThread.start { [self] in
      part = make(index)
      ready.signal()
    }
    thread?.detach()
    isAhead = thread != nil
    begun += 1
  }

  /// The next part; call `count` times at most.
  func next() -> Part {
    let made: Part
    if isAhead {
      ready.wait()
      made = part!
    } else {
      made = make(begun - 1)
    }
    begin()
    return made
  }
}
