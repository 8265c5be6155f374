import FileKit
import Foundation
import ImageCodec
import Testing

/// Every kind of image file that an audit may meet, with what has to become of it.
@Suite struct HostileImagesTests {
  enum Outcome { case used, skipped(String) }

  /// Files of Tests/ImageCodecTests/Fixtures, and what the audit makes of them: decoded as specified there, or skipped
  /// for a reason that begins like this.
  static let table: [(file: String, outcome: Outcome)] = [
    ("one.png", .used),
    ("grey-1bit.png", .used),
    ("grey-16bit.png", .used),
    ("rgb-16bit.png", .used),
    ("grey-alpha.png", .used),
    ("rgba.png", .used),
    ("palette.png", .used),
    ("palette-alpha.png", .used),
    ("interlaced.png", .used),
    ("exif-6.jpg", .used),
    ("exif-9.jpg", .used),
    ("exif-outside.jpg", .used),
    ("cmyk.jpg", .used),
    ("ycck.jpg", .used),
    ("progressive.jpg", .used),
    // A JPEG by its content, whatever its name says.
    ("jpeg.png", .used),
    ("text.png", .skipped("not an image: a file that starts with the bytes 68 65 6c 6c")),
    ("empty.png", .skipped("not an image: an empty file")),
    ("gif.png", .skipped("unsupported image: a GIF image")),
    ("truncated.png", .skipped("damaged image: the file is cut short")),
    ("no-end.png", .skipped("damaged image: the file is cut short")),
    ("bad-crc.png", .skipped("damaged image: IDAT: CRC error")),
    ("bad-transparency-crc.png", .skipped("damaged image: tRNS: CRC error")),
    ("few-rows.png", .skipped("damaged image: ")),
    ("truncated.jpg", .skipped("damaged image: ")),
    ("header-only.jpg", .skipped("damaged image: ")),
    ("12bit.jpg", .skipped("unsupported image: a 12-bit JPEG image")),
    ("bomb.png", .skipped("image too large: 100000×100000")),
    ("bomb.jpg", .skipped("image too large: 65500×65500")),
  ]

  private static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("ImageCodecTests/Fixtures").path

  /// At most 5 % may be bad, so each bad file needs 19 good ones beside it.
  private static let goodPerClass = 140

  @Test func eachIsUsedOrSkippedAndListed() throws {
    let scratch = try Scratch()
    try TinyImages.write(scratch, classes: ["good", "mixed"], count: Self.goodPerClass)
    for row in Self.table {
      try scratch.write("data/mixed/x-\(row.file)", Files.read("\(Self.fixtures)/\(row.file)"))
    }
    // 64 megapixels are large, and no bomb.
    try scratch.write(
      "data/mixed/x-large.png",
      PNGEncoder.encode(PixelImage(width: 8000, height: 8000, channels: 1, filledWith: 77)))
    let outcome = try Command(
      ["audit", "data", "--out", "report"] + BadInput.quick, in: scratch.path
    ).run()
    #expect(outcome.code == 0, "\(outcome.errors)")

    var expected: [(String, String)] = []
    for case (let file, .skipped(let reason)) in Self.table {
      expected.append(("mixed/x-\(file)", reason))
    }
    expected.sort { $0.0 < $1.0 }
    let table = try text(scratch("report/data/skipped.csv"))
    let rows = table.split(whereSeparator: \.isNewline).dropFirst()
    #expect(rows.count == expected.count)
    for (row, (file, reason)) in zip(rows, expected) {
      let cells = row.split(separator: ",", maxSplits: 1).map { $0.filter { $0 != "\"" } }
      #expect(cells[0] == file && cells[1].hasPrefix(reason), "\(row)")
    }
    let alert = "\(expected.count) image files could not be read and are missing from the data"
    #expect(try text(scratch("report/index.html")).contains(alert))

    // All others are in one of the parts.
    let counts = try text(scratch("report/data/classes.csv"))
    let used = Self.goodPerClass + Self.table.count - expected.count + 1
    #expect(try classSize("mixed", in: counts) == used, "\(counts)")
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try Files.read(path), as: UTF8.self)
  }

  /// Images of a class over the parts of the data, from the table of classes.
  private func classSize(_ name: String, in table: String) throws -> Int {
    let rows = table.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
    let header = try #require(rows.first)
    let row = try #require(rows.first { $0.contains { $0 == name } })
    return zip(header, row).reduce(0) { sum, cell in
      ["training", "validation", "test"].contains(cell.0) ? sum + (Int(cell.1) ?? 0) : sum
    }
  }
}
