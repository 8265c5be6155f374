import ImageCodec

/// What a file's name says that it is. Whether a file is read its first bytes decide, not its name.
enum FileType {
  /// PNG or JPEG.
  case image
  /// An image of a type that is not read.
  case otherImage
  case other

  private static let images: Set<String> = ["png", "jpg", "jpeg", "jpe", "jfif"]
  private static let otherImages: Set<String> = [
    "webp", "bmp", "dib", "gif", "tif", "tiff", "heic", "heif", "avif", "jp2", "j2k", "jxl", "ppm",
    "pgm", "pbm", "pnm", "tga", "ico", "psd", "dcm", "svg", "dng", "nef", "cr2", "arw", "exr",
    "hdr",
  ]

  init(_ name: [UInt8]) {
    switch Self.fileExtension(name) {
    case let ending? where Self.images.contains(ending): self = .image
    case let ending? where Self.otherImages.contains(ending): self = .otherImage
    default: self = .other
    }
  }

  /// Lower case, without the dot; nil where there is none.
  static func fileExtension(_ name: [UInt8]) -> String? {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0, dot < name.count - 1 else {
      return nil
    }
    return BytePath.text(of: Array(name[(dot + 1)...])).lowercased()
  }
}
