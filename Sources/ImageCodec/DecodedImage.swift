/// An image, and what its decoder had to say of the file.
package struct DecodedImage: Sendable {
  /// 8 bits, upright, without transparency; 1 channel where the file is grey, else 3.
  package var image: PixelImage
  /// What was wrong with the file though all its pixels are there, in the library's words; nil where nothing was.
  package var warning: String?
  /// How often each of the 256 levels occurs, after scaling to 8 bits, in a file of 16 bits a sample; nil for others.
  package var deepLevels: [Int]?
}
