import CCairo
import FileKit

/// A TrueType font, loaded from the file that the caller names and from no other.
///
/// Its measurements do not depend on size, hinting or device: advance widths are the file's own.
public final class Font: @unchecked Sendable {
  // Sendable, because the pointers never change and Cairo guards a scaled font's glyph cache and
  // the FreeType face by locks of its own.
  let face: OpaquePointer
  private let scaled: OpaquePointer

  /// Debian's fonts-liberation; the metrics are those of Arial and Helvetica.
  public static let defaultPath = "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"

  public let path: String
  /// Heights in ems: of capital H, and of the font above and below the baseline.
  public let capHeight: Double
  public let ascent: Double
  public let descent: Double

  /// Ems at which glyphs are measured: large, so that Cairo's fixed-point numbers keep their digits.
  private static let measuringSize = 1000.0

  /// - Throws: `CairoFault.fontMissing` where there is no font file at the path, `CairoFault.fontDamaged` where it
  ///   cannot be drawn with.
  public init(path: String = Font.defaultPath) throws(CairoFault) {
    self.path = path
    // FreeType would wait for a pipe.
    guard Files.isPlainFile(path) else { throw .fontMissing(path: path) }
    var opened: OpaquePointer?
    let code = exl_font_open(path, &opened)
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
  public func advance(of text: String) -> Double {
    var extents = cairo_text_extents_t()
    cairo_scaled_font_text_extents(scaled, text, &extents)
    return extents.x_advance / Self.measuringSize
  }
}
