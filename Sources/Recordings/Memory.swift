import Foundation

/// Comparison by memory: a NaN equals itself, and the C library does it fast.
package enum Memory {
  package static func areEqual<Element: BitwiseCopyable>(
    _ first: [Element], _ second: [Element]
  ) -> Bool {
    guard first.count == second.count else { return false }
    return first.withUnsafeBytes { left in
      second.withUnsafeBytes { right in
        left.isEmpty || memcmp(left.baseAddress!, right.baseAddress!, left.count) == 0
      }
    }
  }

  /// The first of `count` elements that differs.
  static func firstDifference<Element: BitwiseCopyable>(
    _ first: UnsafePointer<Element>, _ second: UnsafePointer<Element>, _ count: Int
  ) -> Int? {
    let size = MemoryLayout<Element>.size
    guard memcmp(first, second, count * size) != 0 else { return nil }
    return (0..<count).first { memcmp(first + $0, second + $0, size) != 0 }
  }
}
