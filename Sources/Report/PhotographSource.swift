import FileKit
import ImageCodec
import Recordings

/// The pictures under the overlays, where a recording names files instead of holding pixels.
struct PhotographSource: Sendable {
  private let recording: Recording
  private let isNeeded: Bool

  init(baseline: Recording, egt: Recording) {
    isNeeded = baseline.images == nil || egt.images == nil
    recording = baseline.manifest.paths != nil ? baseline : egt
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
