import CCairo

/// The library behind the drawings.
public enum CairoLibrary {
  /// Cairo's version, as loaded.
  public static var version: String { String(cString: cairo_version_string()) }
}
