import Foundation

/// A thread that the system may refuse to start.
///
/// Foundation's `Thread` never runs where the system starts no more threads, and Dispatch waits until it does: a program
/// that waits for either hangs under `ulimit -u` or `ulimit -v`. Here the caller is told, and does the work itself.
package struct WorkerThread: Sendable {
  private let handle: pthread_t

  /// Starts a thread that leaves signals to the program's own ones.
  /// - Parameters:
  ///   - stackSize: bytes of address space; nil for the system's usual.
  ///   - body: called once.
  /// - Returns: nil where no thread could be started; `body` is not called then. Otherwise call `join` or `detach` once.
  package static func start(
    stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void
  ) -> WorkerThread? {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    if let stackSize, pthread_attr_setstacksize(&attributes, stackSize) != 0 { return nil }

    let work = Unmanaged.passRetained(Work(body: body))
    // Not those of a crash, which belong to the thread that makes it.
    var blocked = sigset_t()
    var usual = sigset_t()
    sigfillset(&blocked)
    for signal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS] {
      sigdelset(&blocked, signal)
    }
    pthread_sigmask(SIG_SETMASK, &blocked, &usual)
    var handle = pthread_t()
    let problem = pthread_create(
      &handle, &attributes,
      { argument in
        Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    pthread_sigmask(SIG_SETMASK, &usual, nil)
    guard problem == 0 else {
      work.release()
      return nil
    }
    return WorkerThread(handle: handle)
  }

  /// Waits until the body has returned.
  package func join() { pthread_join(handle, nil) }

  /// Lets it run on alone.
  package func detach() { pthread_detach(handle) }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(body: @escaping @Sendable () -> Void) { self.body = body }
  }
}

extension WorkerThread {
  /// Calls `body` once on the calling thread and once on each of up to `most` − 1 others, at the same time, and waits for
  /// all: workers that take their pieces from one place, until none is left. It does not matter then how many there are.
  /// - Parameters:
  ///   - stackSize: of the others; see `start`.
  ///   - began: told, before the work, how many threads there are: `most`, or fewer where the system started no more.
  package static func together(
    _ most: Int, stackSize: Int? = nil, began: (Int) -> Void = { _ in },
    _ body: @Sendable () -> Void
  ) {
    withoutActuallyEscaping(body) { body in
      var others: [WorkerThread] = []
      while others.count < most - 1, let other = start(stackSize: stackSize, body) {
        others.append(other)
      }
      began(others.count + 1)
      body()
      for other in others { other.join() }
    }
  }
}
