import ImageCodec
import Recordings
import TensorCore

/// What the sheets of a report are drawn from: one recording a row. Every view of a sample (`OverlaySheet`,
/// `DifferenceSheet`, `ContourSheet`) draws what `sample` read once.
///
/// Never changes: use it from as many threads as you like.
package struct SheetSource: Sendable {
  /// The models' input size: every map is upsampled to it.
  package let tile: GridSize

  struct Row: Sendable {
    var recording: Recording
    var quantity: MapQuantity
    /// One an exit, from its grid to the tile.
    var resamplers: [BilinearResampler]
  }

  let models: [Row]

  /// - Parameter models: one row each, from the top.
  /// - Throws: `RenderingFault.inputSizesDiffer` where the models do not see images of one size.
  package init(models: [Recording]) throws(RenderingFault) {
    precondition(!models.isEmpty, "a sheet has at least one row")
    let inputs = models.map(\.manifest.input)
    guard inputs.allSatisfy({ $0 == inputs[0] }) else {
      throw .inputSizesDiffer(inputs)
    }
    tile = inputs[0]
    var rows: [Row] = []
    for recording in models {
      let quantity = try Self.reading { () throws(RecordingFault) in
        try MapQuantity(of: recording)
      }
      rows.append(
        Row(
          recording: recording, quantity: quantity,
          resamplers: recording.manifest.exits.map {
            BilinearResampler(from: $0.grid, to: inputs[0])
          }))
    }
    self.models = rows
  }

  /// The largest number of exits of a model.
  var exitCount: Int { models.map(\.resamplers.count).max()! }

  /// One row a model; column 0 the input, columns 1…E the exits.
  func layout(gutter: Int) -> SheetLayout {
    SheetLayout(tile: tile, rows: models.count, columns: 1 + exitCount, gutter: gutter)
  }

  /// Reads a sample's photo and maps.
  /// - Parameters:
  ///   - sample: the same index into every recording.
  ///   - image: the photo where the recordings hold none, of the input's size.
  package func sample(
    _ sample: Int, image: PixelImage? = nil
  ) throws(RenderingFault) -> SheetSample {
    guard sample >= 0, models.allSatisfy({ sample < $0.recording.sampleCount }) else {
      throw .noSuchSample(sample, counts: models.map(\.recording.sampleCount))
    }
    var rows: [SheetSample.Row] = []
    for model in models {
      let photo = try photo(sample: sample, of: model.recording, given: image)
      let block = SampleBlock(model.recording.manifest, capacity: 1)
      try Self.reading { () throws(RecordingFault) in
        try block.read(sample..<sample + 1, of: model.recording)
      }
      rows.append(SheetSample.Row(photo: photo, model: model, block: block))
    }
    return SheetSample(index: sample, tile: tile, rows: rows)
  }

  private static func reading<Value>(
    _ body: () throws(RecordingFault) -> Value
  ) throws(RenderingFault) -> Value {
    do throws(RecordingFault) { return try body() } catch { throw .recording(error) }
  }

  private func photo(
    sample: Int, of recording: Recording, given image: PixelImage?
  ) throws(RenderingFault) -> PixelImage {
    if let image {
      guard image.width == tile.width, image.height == tile.height else {
        throw .imageSizeDiffers(
          sample: sample, expected: tile, got: GridSize(height: image.height, width: image.width))
      }
      return image
    }
    let pixels = try Self.reading { () throws(RecordingFault) in
      try recording.pixels(of: sample)
    }
    guard let pixels else { throw .imageMissing(sample: sample) }
    return PixelImage(
      width: tile.width, height: tile.height, channels: recording.manifest.channels,
      pixels: pixels)
  }
}
