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
