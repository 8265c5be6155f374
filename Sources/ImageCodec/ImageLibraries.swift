import CPNG

/// The libraries behind the decoders.
package enum ImageLibraries {
  /// libpng's version, as loaded.
  package static var png: String { String(cString: png_get_libpng_ver(nil)) }
}
