/// An image, and what its decoder had to say of the file.
public struct DecodedImage: Sendable {
  public var image: PixelImage
  /// What was wrong with the file though all its pixels are there, in the library's words; nil where nothing was.
  public var warning: String?
  /// The least and the greatest grey level, after scaling to 8 bits, of a file of 16 bits a sample; nil for others.
  public var deepLevels: ClosedRange<UInt8>?
}
