import CCairo
import ImageCodec

/// Opaque RGB pixels in memory, white at first.
package final class ImageSurface: Surface {
  /// In pixels.
  package let width: Int
  /// In pixels.
  package let height: Int

  /// Throws where Cairo refuses the size: a negative side, one beyond 32,767, or no memory for it.
  package init(width: Int, height: Int) throws(CairoFault) {
    self.width = width
    self.height = height
    // Cairo refuses with a status what is 0 or less, and what is too large, as numbers that do not fit become.
    let pointer = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32(clamping: width), Int32(clamping: height))!
    try super.init(pointer, operation: "making a \(width)×\(height) image")
    let context = try Context(self)
    context.setColor(red: 1, green: 1, blue: 1)
    cairo_paint(context.pointer)
    try context.checkStatus("clearing the image")
  }

  /// A copy of an image.
  convenience init(_ image: PixelImage) throws(CairoFault) {
    try self.init(width: image.width, height: image.height)
    guard let data = cairo_image_surface_get_data(pointer) else {
      throw .failed(operation: "copying an image", status: "no pixels")
    }
    let stride = Int(cairo_image_surface_get_stride(pointer))
    for y in 0..<height {
      let row = UnsafeMutableRawPointer(data + y * stride).assumingMemoryBound(to: UInt32.self)
      for x in 0..<width {
        let start = (y * width + x) * image.channels
        let components = (0..<3).map { UInt32(image.pixels[start + min($0, image.channels - 1)]) }
        row[x] = components[0] << 16 | components[1] << 8 | components[2]
      }
    }
    cairo_surface_mark_dirty(pointer)
  }

  /// A copy of the pixels, [height, width, 3].
  package func pixelImage() throws(CairoFault) -> PixelImage {
    cairo_surface_flush(pointer)
    try checkStatus("reading the image")
    guard let data = cairo_image_surface_get_data(pointer) else {
      throw .failed(operation: "reading the image", status: "no pixels")
    }
    let stride = Int(cairo_image_surface_get_stride(pointer))
    var pixels = [UInt8]()
    pixels.reserveCapacity(width * height * 3)
    for y in 0..<height {
      // RGB24: one native 32-bit word a pixel, 0x00RRGGBB.
      let row = UnsafeRawPointer(data + y * stride).assumingMemoryBound(to: UInt32.self)
      for x in 0..<width {
        let word = row[x]
        pixels.append(UInt8(word >> 16 & 255))
        pixels.append(UInt8(word >> 8 & 255))
        pixels.append(UInt8(word & 255))
      }
    }
    return PixelImage(width: width, height: height, channels: 3, pixels: pixels)
  }
}
