import CCairo
import FileKit

/// A TrueType font, loaded from the file that the caller names, and from others only for characters that it lacks and
/// that the caller asked for (`init(path:covering:)`).
///
/// Its measurements do not depend on size, hinting or device: advance widths are the file's own.
package final class Font: @unchecked Sendable {
  // Sendable, because the pointers never change and Cairo guards a scaled font's glyph cache and
  // the FreeType face by locks of its own.
  let face: OpaquePointer
  private let scaled: OpaquePointer
  /// Fonts for characters that this one lacks.
  private let substitutes: [Unicode.Scalar: Font]

  /// Debian's fonts-liberation; the metrics are those of Arial and Helvetica.
  package static let defaultPath = "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"

  /// The font file, as the caller named it.
  package let path: String
  /// What the caller asked for and this font does not have.
  package let gaps: FontGaps
  /// Heights in ems: of capital H, and of the font above and below the baseline.
  package let capHeight: Double
  /// The font's height above the baseline, in ems.
  package let ascent: Double
  /// The font's depth below the baseline, in ems; positive.
  package let descent: Double

  /// Ems at which glyphs are measured: large, so that Cairo's fixed-point numbers keep their digits.
  private static let measuringSize = 1000.0

  /// - Parameter text: all that will be drawn beyond Latin; for what the font lacks, fontconfig is asked for others.
  /// - Throws: `CairoFault.fontMissing` where there is no font file at the path, `CairoFault.fontDamaged` where it
  ///   cannot be drawn with.
  package convenience init(
    path: String = Font.defaultPath, covering text: String = ""
  ) throws(CairoFault) {
    // FreeType would wait for a pipe.
    guard Files.isPlainFile(path) else { throw .fontMissing(path: path) }
    try self.init(path: path, face: 0, isLatin: true, gaps: FontGaps(of: text, in: path))
  }

  /// - Parameter isLatin: whether it has to have printable ASCII; a substitute need not.
  private init(
    path: String, face index: Int, isLatin: Bool, gaps: FontGaps
  ) throws(CairoFault) {
    self.path = path
    self.gaps = gaps
    var substitutes: [Unicode.Scalar: Font] = [:]
    for substitute in gaps.substitutes {
      let font = try Font(
        path: substitute.path, face: substitute.face, isLatin: false, gaps: FontGaps())
      for scalar in substitute.characters.unicodeScalars { substitutes[scalar] = font }
    }
    self.substitutes = substitutes
    var opened: OpaquePointer?
    let code = exl_font_open(path, index, isLatin, &opened)
    guard code == 0, let opened else {
      throw code == EXL_FONT_DAMAGED ? .fontDamaged(path: path) : .fontMissing(path: path)
    }
    var identity = cairo_matrix_t()
    cairo_matrix_init_identity(&identity)
    var size = cairo_matrix_t()
    cairo_matrix_init_scale(&size, Self.measuringSize, Self.measuringSize)
    let options = cairo_font_options_create()
    defer { cairo_font_options_destroy(options) }
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    face = opened
    // Never nil: on failure Cairo returns an object whose status tells.
    scaled = cairo_scaled_font_create(opened, &size, &identity, options)!
    var font = cairo_font_extents_t()
    cairo_scaled_font_extents(scaled, &font)
    var capital = cairo_text_extents_t()
    cairo_scaled_font_text_extents(scaled, "H", &capital)
    capHeight = capital.height / Self.measuringSize
    ascent = font.ascent / Self.measuringSize
    descent = font.descent / Self.measuringSize
    try check(cairo_scaled_font_status(scaled), "measuring \(path)")
  }

  deinit {
    cairo_scaled_font_destroy(scaled)
    cairo_font_face_destroy(face)
  }

  /// The sum of the text's advance widths in ems, without kerning.
  package func advance(of text: String) -> Double {
    runs(of: text).reduce(0) { total, run in
      var extents = cairo_text_extents_t()
      cairo_scaled_font_text_extents(run.font.scaled, run.text, &extents)
      return total + extents.x_advance / Self.measuringSize
    }
  }

  /// The text in pieces, each with the font that has its characters.
  func runs(of text: String) -> [(font: Font, text: String)] {
    guard !substitutes.isEmpty else { return [(self, text)] }
    var runs: [(font: Font, text: String)] = []
    // A variation selector or a joiner is nothing to see.
    for scalar in text.unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
      let font = substitutes[scalar] ?? self
      if runs.last?.font !== font { runs.append((font, "")) }
      runs[runs.count - 1].text.unicodeScalars.append(scalar)
    }
    return runs
  }
}
