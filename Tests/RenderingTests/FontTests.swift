import CairoKit
import Foundation
import Testing

@Suite struct FontTests {
  /// The file's own numbers, by fontTools 4.68: units per em 2048; H 1409 tall; A, V, τ and i advance
  /// 1366, 1366, 809 and 455.
  @Test func measuresByTheFile() throws {
    let font = try Font()
    #expect(abs(font.capHeight - 1409.0 / 2048) < 0.002)
    #expect(abs(font.advance(of: "A") - 1366.0 / 2048) < 1e-4)
    #expect(abs(font.advance(of: "τ") - 809.0 / 2048) < 1e-4)
    // No kerning: AV is as wide as A and V.
    #expect(abs(font.advance(of: "AVi") - (1366 + 1366 + 455) / 2048.0) < 1e-4)
    #expect(font.advance(of: "") == 0)
    #expect(font.ascent > font.capHeight && font.descent > 0)
  }

  @Test func missingFontIsAnErrorAndNeverAnotherFont() {
    let path = "/nowhere/font.ttf"
    #expect {
      try Font(path: path)
    } throws: { error in
      guard case CairoFault.fontMissing(path) = error else { return false }
      return "\(error)".contains("fonts-liberation")
    }
  }

  @Test func fileThatIsNoFontIsAnError() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("exitlens-\(UUID().uuidString).ttf")
    try Data("not a font".utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(throws: CairoFault.self) { try Font(path: url.path) }
  }

  /// Draws as figures do, since Cairo reads most of a font when a PDF is finished.
  private func draw(_ bytes: Data) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "exitlens-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("font.ttf").path
    try bytes.write(to: URL(fileURLWithPath: path))
    let font = try Font(path: path)
    let surface = try PDFSurface(width: 100, height: 20, title: "text")
    let context = try Context(surface)
    context.show("Exit 5: 0.9 − λ", x: 0, y: 10, font: font, size: 7)
    _ = try surface.finish()
  }

  /// Fonts that FreeType opens, and that crash Cairo 1.16 or would draw nothing.
  @Test(arguments: ["name", "cmap"]) func damagedFontIsAnError(table: String) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: Font.defaultPath))
    let entry = try #require(bytes.firstRange(of: Data(table.utf8))).lowerBound
    // Where the directory says that the table lies.
    bytes.replaceSubrange(entry + 8..<entry + 12, with: [0, 1, 0x7A, 0x84])
    #expect(throws: CairoFault.self) { try draw(bytes) }
  }

  @Test func nameBeyondItsTableIsAnError() throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: Font.defaultPath))
    let entry = try #require(bytes.firstRange(of: Data("name".utf8))).lowerBound
    let table = bytes[entry + 8..<entry + 12].reduce(0) { $0 << 8 | Int($1) }
    // Every record's length.
    let count = Int(bytes[table + 2]) << 8 | Int(bytes[table + 3])
    for record in 0..<count {
      bytes.replaceSubrange(
        table + 14 + 12 * record..<table + 16 + 12 * record, with: [0xFF, 0xFF])
    }
    #expect(throws: CairoFault.self) { try draw(bytes) }
  }

  /// Whatever is done to a font, it is refused or drawn with.
  @Test func noDamageCrashes() throws {
    let good = try Data(contentsOf: URL(fileURLWithPath: Font.defaultPath))
    var state: UInt64 = 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for round in 0..<200 {
      var bytes = round % 4 == 0 ? good.prefix(random(good.count)) : good
      // The directory and the small tables first of all.
      let reach = min(bytes.count, [good.count, 10_000, 512][round % 3])
      if reach > 0, round % 4 > 0 {
        for _ in 0...random(20) { bytes[random(reach)] = UInt8(random(256)) }
      }
      do { try draw(Data(bytes)) } catch is CairoFault {}
    }
  }

  @Test func manyThreadsMeasureAlike() async throws {
    let font = try Font()
    let expected = font.advance(of: "consistency")
    await withTaskGroup(of: Double.self) { group in
      for _ in 0..<16 {
        group.addTask { (0..<200).map { _ in font.advance(of: "consistency") }.max()! }
      }
      for await width in group { #expect(width == expected) }
    }
  }
}

/// Characters that a font lacks: another font that is named, or told as undrawable.
struct FontGapsTests {
  @Test func latinHasNoGaps() throws {
    let font = try Font(covering: "baseline Ångström 0.93 × − \u{A0}")
    #expect(font.gaps.substitutes.isEmpty && font.gaps.undrawable.isEmpty)
    #expect(font.gaps.notes.isEmpty)
    #expect(font.advance(of: "Ångström") == (try Font()).advance(of: "Ångström"))
  }

  /// Whatever fonts there are, none is forgotten and none is in both lists.
  @Test func everyGapIsTold() throws {
    let asked: [Unicode.Scalar] = ["☃", "猫", "😀", "\u{10FFFD}", "ح", "ש", "क"]
    let gaps = try Font(covering: "a" + String(String.UnicodeScalarView(asked)) + "é").gaps
    let drawn = gaps.substitutes.flatMap(\.characters.unicodeScalars)
    let told = drawn + gaps.undrawable.unicodeScalars
    #expect(told.count == asked.count && Set(told) == Set(asked))
    // Scripts that join up or run from right to left need more than glyphs.
    for scalar in asked.suffix(3) { #expect(gaps.undrawable.unicodeScalars.contains(scalar)) }
    for substitute in gaps.substitutes {
      #expect(FileManager.default.fileExists(atPath: substitute.path) && !substitute.name.isEmpty)
      #expect(
        gaps.notes.contains { $0.contains("drawn with \(substitute.name) (\(substitute.path))") })
    }
    #expect(gaps.notes.last?.hasPrefix("warning: ") == true)
  }

  /// A substitute's glyphs have its own widths, and joiners none.
  @Test func widthsAreTheSubstitutes() throws {
    let font = try Font(covering: "☃")
    guard let other = font.gaps.substitutes.first, other.path.hasSuffix(".ttf") else { return }
    let own = try Font(path: other.path)
    let expected = font.advance(of: "a ") + own.advance(of: "☃") + font.advance(of: "b")
    #expect(abs(font.advance(of: "a ☃\u{FE0F}b") - expected) < 1e-9)
  }
}
