import Foundation

/// What a process does when it is told to stop: says so in one line, takes its temporary files with it, and ends by
/// the signal, so that shells see what ended it.
package enum Interruption {
  private static let signals = [
    (SIGINT, "SIGINT"), (SIGTERM, "SIGTERM"), (SIGHUP, "SIGHUP"),
  ]
  /// What the handler writes the signal's number to: little else is allowed in one.
  private nonisolated(unsafe) static var pipe: [Int32] = [-1, -1]

  /// Watches for signals from now on. Signals that are ignored, as under nohup, stay so. Where no thread can be had,
  /// signals end the process at once, as without this.
  /// - Parameter say: gets the signal's name; called on a thread of its own, once.
  package static func watch(_ say: @escaping @Sendable (String) -> Void) {
    guard Foundation.pipe(&pipe) == 0 else { return }
    for descriptor in pipe { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let work = Unmanaged.passRetained(Watcher(descriptor: pipe[0], say: say))
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { Unmanaged<Watcher>.fromOpaque($0!).takeRetainedValue().run() }, work.toOpaque())
    guard failed == 0 else { return work.release() }
    pthread_detach(thread)
    for (signal, _) in signals {
      var old = sigaction()
      guard sigaction(signal, nil, &old) == 0 else { continue }
      // A pointer that is no function: the two special values are 0 and 1.
      if unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self)
        == unsafeBitCast(SIG_IGN, to: Int.self)
      {
        continue
      }
      var new = sigaction()
      new.sa_flags = SA_RESTART | Int32(bitPattern: UInt32(SA_RESETHAND))
      new.__sigaction_handler.sa_handler = { number in
        let failure = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(Interruption.pipe[1], &byte, 1)
        errno = failure
      }
      sigaction(signal, &new, nil)
    }
  }

  /// For whoever is about to say that something failed: where the process is being stopped, that is why.
  package static func waitIfStopping() {
    TemporaryFolder.uninterrupted {}
  }

  private final class Watcher: Sendable {
    private let descriptor: Int32
    private let say: @Sendable (String) -> Void

    init(descriptor: Int32, say: @escaping @Sendable (String) -> Void) {
      self.descriptor = descriptor
      self.say = say
    }

    func run() -> UnsafeMutableRawPointer? {
      var byte: UInt8 = 0
      while read(descriptor, &byte, 1) < 1 {
        guard errno == EINTR else { return nil }
      }
      let number = Int32(byte)
      TemporaryFolder.removeAllAndStayLocked()
      say(Interruption.signals.first { $0.0 == number }?.1 ?? "signal \(number)")
      signal(number, SIG_DFL)
      kill(getpid(), number)
      // It is on its way.
      while true { pause() }
    }
  }
}
