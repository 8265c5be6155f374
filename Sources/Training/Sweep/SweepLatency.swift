import FileKit
import Recordings

/// The times of a sweep's network, in a file of their own: two measurements differ, and recordings shall not.
package struct SweepLatency: Sendable, Codable, Equatable {
  /// The only version that this code reads and writes.
  package static let currentFormatVersion = 1

  /// `currentFormatVersion`: `SweepFolder.readLatency` refuses any other.
  package var formatVersion = Self.currentFormatVersion
  /// On the test images, with as many threads as the plan gives each run.
  package var latency: MeasuredLatency

  /// Times in the current format version.
  package init(_ latency: MeasuredLatency) { self.latency = latency }
}

extension SweepFolder {
  private func latencyPath(_ name: String) -> String { "\(path)/latency/\(name).json" }

  /// Whether a run's network has been timed.
  package func hasLatency(_ name: String) -> Bool { Files.exists(latencyPath(name)) }

  /// A run's times; nil where it has not been timed.
  /// - Parameter exitCount: of its network.
  package func readLatency(_ name: String, exitCount: Int) throws -> MeasuredLatency? {
    guard hasLatency(name) else { return nil }
    let path = latencyPath(name)
    let bytes = try Files.read(path)
    switch CanonicalJSON.decode(SweepLatency.self, from: bytes) {
    case .failure(let problem):
      throw SweepFault.unreadableTimes(path: path, reason: problem.sentence)
    case .success(let times):
      guard times.formatVersion == SweepLatency.currentFormatVersion else {
        throw SweepFault.unreadableTimes(
          path: path,
          reason: "format version \(times.formatVersion), not \(SweepLatency.currentFormatVersion)")
      }
      try times.latency.validate(exitCount: exitCount, at: path)
      return times.latency
    }
  }

  /// Writes a run's times to `latency/NAME.json`, over older ones; throws where a file there is not
  /// ours. Hold `lockForLatency()` meanwhile.
  package func write(_ latency: MeasuredLatency, of name: String) throws(FileFault) {
    try Files.makeFolder("\(path)/latency")
    try files.write(
      .bytes(CanonicalJSON.encode(SweepLatency(latency))), to: "latency/\(name).json")
  }

  /// The lock that whoever measures times holds, since two at once would time one another.
  /// - Returns: nil where another holds it.
  package func lockForLatency() throws(FileFault) -> FileLock? {
    try FileLock.take(file: "\(path)/locks/latency.lock")
  }
}
