import FileKit
import ImageCodec
import Recordings

/// The pictures under the overlays, where a recording names files instead of holding pixels.
struct PhotographSource: Sendable {
  private let recording: Recording
  private let isNeeded: Bool

  /// - Parameter recordings: of the same samples; one at least.
  init(_ recordings: [Recording]) {
    isNeeded = recordings.contains { $0.images == nil }
    recording = recordings.first { $0.manifest.paths != nil } ?? recordings[0]
  }

  /// The sample's picture at the network's size; grey where its file cannot be read; nil where the
  /// recordings hold the pixels themselves.
  func image(of sample: Int) -> PixelImage? {
    guard isNeeded else { return nil }
    let manifest = recording.manifest
    let size = manifest.input
    if let path = recording.imagePath(of: sample), let bytes = try? Files.read(path),
      let image = try? ImageDecoder.decode(bytes, name: path)
    {
      return ImageResampler.resize(
        manifest.channels == 1 ? image.grey() : image.rgb(), width: size.width,
        height: size.height)
    }
    return PixelImage(
      width: size.width, height: size.height, channels: manifest.channels, filledWith: 128)
  }
}
