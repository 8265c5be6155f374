import FileKit
import Foundation
import ImageCodec

/// A folder of a test's own, gone when the test is.
final class TemporaryFolder {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.path + "/exitlens-\(UUID().uuidString)"
    mkdir(path, 0o755)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders above it. The name is bytes, because it need not be UTF-8.
  func write(_ name: [UInt8], _ bytes: [UInt8]) {
    let full = Array(path.utf8) + [0x2F] + name
    for end in full.indices where full[end] == 0x2F && end > 0 {
      _ = Self.terminated(full[..<end]).withUnsafeBufferPointer { mkdir($0.baseAddress!, 0o755) }
    }
    let descriptor = Self.terminated(full[...]).withUnsafeBufferPointer {
      open($0.baseAddress!, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    }
    precondition(descriptor >= 0, "cannot write a test's file: error \(errno)")
    precondition(Foundation.write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
  }

  func write(_ name: String, _ bytes: [UInt8]) { write(Array(name.utf8), bytes) }

  /// Makes an empty folder.
  func makeFolder(_ name: String) throws { try Files.makeFolder("\(path)/\(name)") }

  /// Writes `count` different images `folder/00.png`, …; another `salt` makes other images.
  func writeImages(_ folder: String, count: Int, salt: Int = 0, colored: Bool = false) {
    for index in 0..<count {
      write(
        "\(folder)/\(index / 10)\(index % 10).png",
        Self.png(
          index + 100 * salt + folder.utf8.reduce(0) { $0 &* 31 &+ Int($1) } % 7919 * 64,
          colored: colored))
    }
  }

  /// A 16×16 image that differs for every number.
  static func png(_ number: Int, colored: Bool = false) -> [UInt8] {
    let channels = colored ? 3 : 1
    let pixels = (0..<256 * channels).map { index -> UInt8 in
      UInt8(truncatingIfNeeded: number >> (index % 4 * 8)) ^ UInt8(truncatingIfNeeded: index)
    }
    return PNGEncoder.encode(
      PixelImage(width: 16, height: 16, channels: channels, pixels: pixels))
  }

  private static func terminated(_ bytes: ArraySlice<UInt8>) -> [CChar] {
    bytes.map { CChar(bitPattern: $0) } + [0]
  }
}
