import CCairo

/// The library behind the drawings.
package enum CairoLibrary {
  /// Cairo's version, as loaded.
  package static var version: String { String(cString: cairo_version_string()) }
}
