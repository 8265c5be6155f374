import CCairo
import ImageCodec

/// Draws on a surface. y grows downwards; units are the surface's until scaled.
///
/// Cairo keeps a context's first error and ignores what follows, so one `checkStatus` after the last call sees all.
package final class Context {
  let pointer: OpaquePointer
  private let surface: Surface

  /// Keeps the surface alive. Throws where the surface is in error or finished.
  package init(_ surface: Surface) throws(CairoFault) {
    self.surface = surface
    pointer = cairo_create(surface.pointer)!
    try checkStatus("making a context")
  }

  deinit {
    cairo_destroy(pointer)
  }

  /// Throws the context's first error, if any; `operation` says in the message what was going on.
  package func checkStatus(_ operation: String) throws(CairoFault) {
    try check(cairo_status(pointer), operation)
  }

  /// Multiplies the unit of all that follows, line widths and text sizes included.
  package func scale(by factor: Double) {
    cairo_scale(pointer, factor, factor)
  }

  /// Components 0…1, sRGB.
  package func setColor(red: Double, green: Double, blue: Double) {
    cairo_set_source_rgb(pointer, red, green, blue)
  }

  // MARK: Paths

  /// Starts a new sub-path at a point; draws nothing.
  package func move(x: Double, y: Double) {
    cairo_move_to(pointer, x, y)
  }

  /// A straight line from the current point; starts a sub-path where there is none.
  package func addLine(x: Double, y: Double) {
    cairo_line_to(pointer, x, y)
  }

  /// A line back to the start of the sub-path, joined rather than capped.
  package func closePath() {
    cairo_close_path(pointer)
  }

  /// A closed sub-path; (x, y) is its top left corner.
  package func addRectangle(x: Double, y: Double, width: Double, height: Double) {
    cairo_rectangle(pointer, x, y, width, height)
  }

  /// A closed sub-path around the center (x, y), apart from what the path holds already.
  package func addCircle(x: Double, y: Double, radius: Double) {
    cairo_new_sub_path(pointer)
    cairo_arc(pointer, x, y, radius, 0, 2 * .pi)
    cairo_close_path(pointer)
  }

  /// Fills the path; `keepingPath` leaves it for a stroke.
  package func fill(keepingPath: Bool = false) {
    if keepingPath {
      cairo_fill_preserve(pointer)
    } else {
      cairo_fill(pointer)
    }
  }

  /// Strokes the path and forgets it. `dash`: lengths on, off, on, …; empty for a solid line.
  package func stroke(width: Double, dash: [Double] = []) {
    cairo_set_line_width(pointer, width)
    cairo_set_line_join(pointer, CAIRO_LINE_JOIN_ROUND)
    cairo_set_dash(pointer, dash, Int32(dash.count), 0)
    cairo_stroke(pointer)
  }

  // MARK: Images

  /// Draws an image over a rectangle, each pixel a rectangle of one colour: never interpolated, here or by whoever shows
  /// the file.
  package func show(
    _ image: PixelImage, x: Double, y: Double, width: Double, height: Double
  ) throws(CairoFault) {
    let surface = try ImageSurface(image)
    cairo_save(pointer)
    cairo_translate(pointer, x, y)
    cairo_scale(pointer, width / Double(image.width), height / Double(image.height))
    cairo_set_source_surface(pointer, surface.pointer, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(pointer), CAIRO_FILTER_NEAREST)
    cairo_rectangle(pointer, 0, 0, Double(image.width), Double(image.height))
    cairo_fill(pointer)
    cairo_restore(pointer)
  }

  // MARK: Text

  /// Draws text from its baseline's left end, `size` units an em, turned by `angle` radians clockwise.
  package func show(
    _ text: String, x: Double, y: Double, font: Font, size: Double, angle: Double = 0
  ) {
    cairo_save(pointer)
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(pointer, options)
    cairo_font_options_destroy(options)
    cairo_move_to(pointer, x, y)
    cairo_rotate(pointer, angle)
    // Each piece leaves the current point where it ends.
    for run in font.runs(of: text) {
      cairo_set_font_face(pointer, run.font.face)
      cairo_set_font_size(pointer, size)
      cairo_show_text(pointer, run.text)
    }
    cairo_restore(pointer)
  }
}
