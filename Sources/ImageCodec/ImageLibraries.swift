import CPNG

/// The libraries behind the decoders.
public enum ImageLibraries {
  /// libpng's version, as loaded.
  public static var png: String { String(cString: png_get_libpng_ver(nil)) }
}
