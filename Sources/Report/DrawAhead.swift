import Foundation

/// Makes the parts of a list in order, the next one on a thread of its own while its caller works on the last: drawing
/// need not wait for the disk.
final class DrawAhead<Part: Sendable>: @unchecked Sendable {
  private let make: @Sendable (Int) -> Part
  private let count: Int
  private var begun = 0
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
    begun += 1
    Thread.detachNewThread { [self] in
      part = make(index)
      ready.signal()
    }
  }

  /// The next part; call `count` times at most.
  func next() -> Part {
    ready.wait()
    let made = part!
    begin()
    return made
  }
}
