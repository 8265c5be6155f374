import FileKit
import Foundation
import ImageCodec
import Testing

/// Files and numbers in the folder `Fixtures`; see the script there.
enum Fixture {
  static let folder = (#filePath as NSString).deletingLastPathComponent + "/Fixtures/"

  static func bytes(_ name: String) throws -> [UInt8] { try Files.read(folder + name) }

  static func lines(_ name: String) throws -> [[Substring]] {
    try String(decoding: bytes(name), as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: " ")
    }
  }

  /// The pixels that a file must decode to.
  static func expected(_ name: String) throws -> PixelImage {
    let line = try #require(try lines("expected.txt").first { $0[0] == name })
    return PixelImage(
      width: Int(line[1])!, height: Int(line[2])!, channels: Int(line[3])!, pixels: hex(line[4]))
  }

  static func hex(_ text: Substring) -> [UInt8] {
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)!
    }
  }

  /// The script's source image: byte i is (73 i + (i·i mod 251)) mod 256.
  static func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { (index: Int) -> UInt8 in
      let square = index * index % 251
      return UInt8((73 * index + square) % 256)
    }
  }

  /// The largest difference of two images' values; 255 where their shapes differ.
  static func difference(_ first: PixelImage, _ second: PixelImage) -> Int {
    guard first.width == second.width, first.height == second.height,
      first.channels == second.channels
    else { return 255 }
    return zip(first.pixels, second.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }
}
