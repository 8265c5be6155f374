import ImageCodec
import Recordings
import TensorCore

/// Draws, for one sample, where every exit of every model looked: one picture at native resolution, no text.
///
/// `out = (1 − α)·grey(photo) + α·map(v / limit)`, grey by Rec. 601, map values upsampled to the input grid by the same
/// bilinear routine as loss and metric. One limit for all models and exits of a sheet, 0 … the largest cell, so a map
/// times 0.5 is drawn dimmer. No map is ever stretched from its own minimum: that would change the cosine it shows.
///
/// Make one and use it for every sample, from as many threads as you like: it never changes.
public struct OverlaySheet: Sendable {
  public let layout: SheetLayout
  public let colorMap: ColorMap
  /// The colour map's share, 0…1.
  public let alpha: Float
  public let scaling: SheetScaling

  private let arms: [Arm]
  /// α·colour, [256, 3].
  private let table: [Float]

  private struct Arm: Sendable {
    var recording: Recording
    var quantity: MapQuantity
    /// One an exit.
    var resamplers: [BilinearResampler]
  }

  /// - Parameter arms: one row each, from the top.
  /// - Throws: `RenderingFault.inputSizesDiffer` where the models do not see images of one size.
  public init(
    arms: [Recording], colorMap: ColorMap = .viridis, alpha: Float = 0.5,
    scaling: SheetScaling = .shared, gutter: Int = 2
  ) throws(RenderingFault) {
    precondition(!arms.isEmpty, "a sheet has at least one row")
    precondition(alpha >= 0 && alpha <= 1, "alpha lies in 0…1, got \(alpha)")
    let inputs = arms.map(\.manifest.input)
    guard inputs.allSatisfy({ $0 == inputs[0] }) else {
      throw .inputSizesDiffer(inputs)
    }
    layout = SheetLayout(
      tile: inputs[0], rows: arms.count, columns: 1 + arms.map(\.exitCount).max()!, gutter: gutter)
    self.colorMap = colorMap
    self.alpha = alpha
    self.scaling = scaling
    table = colorMap.colors.flatMap { [$0.red, $0.green, $0.blue].map { alpha * Float($0) } }
    var rows: [Arm] = []
    for recording in arms {
      let quantity = try Self.reading { () throws(RecordingFault) in
        try MapQuantity(of: recording)
      }
      rows.append(
        Arm(
          recording: recording, quantity: quantity,
          resamplers: recording.manifest.exits.map {
            BilinearResampler(from: $0.grid, to: inputs[0])
          }))
    }
    self.arms = rows
  }

  /// Row 1 the baseline, row 2 EGT.
  public init(
    baseline: Recording, egt: Recording, colorMap: ColorMap = .viridis, alpha: Float = 0.5,
    scaling: SheetScaling = .shared, gutter: Int = 2
  ) throws(RenderingFault) {
    try self.init(
      arms: [baseline, egt], colorMap: colorMap, alpha: alpha, scaling: scaling, gutter: gutter)
  }

  /// - Parameters:
  ///   - sample: the same index into every recording.
  ///   - image: the photo where the recordings hold none, of the input's size.
  public func render(
    sample: Int, image: PixelImage? = nil
  ) throws(RenderingFault) -> (image: PixelImage, scale: SheetScale) {
    guard sample >= 0, arms.allSatisfy({ sample < $0.recording.sampleCount }) else {
      throw .noSuchSample(sample, counts: arms.map(\.recording.sampleCount))
    }
    let maps = try maps(sample: sample)
    let scale = scale(maps)
    var sheet = PixelImage(
      width: layout.width, height: layout.height, channels: 3, filledWith: Self.gutterGrey)
    for (row, arm) in arms.enumerated() {
      let photo = try photo(sample: sample, of: arm.recording, given: image)
      paint(photo: photo, into: &sheet, at: layout.origin(row: row, column: 0))
      let grey = dimmedGrey(photo)
      for (exit, resampler) in arm.resamplers.enumerated() {
        let cells = resampler.source.count
        let limit = scaling == .shared ? scale.upper : scale.maxima[row][exit]
        let quotient = arm.quantity.factor(cells: cells) / limit
        // No cell is large enough to divide by: everything is drawn as 0.
        let factor = quotient.isFinite ? quotient : 0
        paint(
          map: maps[row].map(sample, exit: exit), factor: factor, resampler: resampler,
          grey: grey, into: &sheet, at: layout.origin(row: row, column: 1 + exit))
      }
    }
    return (sheet, scale)
  }

  /// Between tiles: visible but quiet on a white and on a near-black page.
  static let gutterGrey: UInt8 = 128

  /// Every exit's map of a sample, one entry a row.
  private func maps(sample: Int) throws(RenderingFault) -> [SampleBlock] {
    try Self.reading { () throws(RecordingFault) in
      var blocks: [SampleBlock] = []
      for arm in arms {
        let block = SampleBlock(arm.recording.manifest, capacity: 1)
        try block.read(sample..<sample + 1, of: arm.recording)
        blocks.append(block)
      }
      return blocks
    }
  }

  private static func reading<Value>(
    _ body: () throws(RecordingFault) -> Value
  ) throws(RenderingFault) -> Value {
    do throws(RecordingFault) { return try body() } catch { throw .recording(error) }
  }

  private func scale(_ maps: [SampleBlock]) -> SheetScale {
    var scale = SheetScale(quantities: arms.map(\.quantity))
    for (row, arm) in arms.enumerated() {
      for (exit, resampler) in arm.resamplers.enumerated() {
        let cells = resampler.source.count
        scale.include(
          map: UnsafeBufferPointer(
            start: maps[row].map(maps[row].samples.lowerBound, exit: exit), count: cells),
          factor: arm.quantity.factor(cells: cells), row: row)
      }
    }
    return scale
  }

  private func photo(
    sample: Int, of recording: Recording, given image: PixelImage?
  ) throws(RenderingFault) -> PixelImage {
    let size = layout.tile
    if let image {
      guard image.width == size.width, image.height == size.height else {
        throw .imageSizeDiffers(
          sample: sample, expected: size, got: GridSize(height: image.height, width: image.width))
      }
      return image
    }
    let pixels = try Self.reading { () throws(RecordingFault) in
      try recording.pixels(of: sample)
    }
    guard let pixels else { throw .imageMissing(sample: sample) }
    return PixelImage(
      width: size.width, height: size.height, channels: recording.manifest.channels,
      pixels: pixels)
  }
}

extension OverlaySheet {
  /// (1 − α)·grey of every pixel.
  private func dimmedGrey(_ photo: PixelImage) -> [Float] {
    let keep = 1 - alpha
    if photo.channels == 1 { return photo.pixels.map { keep * Float($0) } }
    return (0..<photo.width * photo.height).map { pixel in
      let red = Float(photo.pixels[3 * pixel])
      let green = Float(photo.pixels[3 * pixel + 1])
      let blue = Float(photo.pixels[3 * pixel + 2])
      return keep * (0.299 * red + 0.587 * green + 0.114 * blue)
    }
  }

  private func paint(
    photo: PixelImage, into sheet: inout PixelImage, at origin: (x: Int, y: Int)
  ) {
    for y in 0..<photo.height {
      for x in 0..<photo.width {
        let source = (y * photo.width + x) * photo.channels
        let target = ((origin.y + y) * sheet.width + origin.x + x) * 3
        for channel in 0..<3 {
          sheet.pixels[target + channel] = photo.pixels[source + min(channel, photo.channels - 1)]
        }
      }
    }
  }

  /// - Parameters:
  ///   - map: one map's cells on its own grid, as recorded.
  ///   - factor: from a recorded value to 0…1.
  ///   - grey: (1 − α)·grey, [tile.height, tile.width].
  private func paint(
    map: UnsafePointer<Float>, factor: Float, resampler: BilinearResampler, grey: [Float],
    into sheet: inout PixelImage, at origin: (x: Int, y: Int)
  ) {
    let tile = layout.tile
    let width = sheet.width
    withUnsafeTemporaryAllocation(of: Float.self, capacity: tile.count) { values in
      resampler.resample(map, into: values.baseAddress!)
      sheet.pixels.withUnsafeMutableBufferPointer { pixels in
        grey.withUnsafeBufferPointer { grey in
          table.withUnsafeBufferPointer { table in
            for y in 0..<tile.height {
              var target = ((origin.y + y) * width + origin.x) * 3
              for x in 0..<tile.width {
                let cell = y * tile.width + x
                let value = values[cell] * factor
                let base = grey[cell]
                if value.isFinite {
                  let entry = 3 * Int(min(255, max(0, value * 256)))
                  pixels[target] = UInt8(base + table[entry] + 0.5)
                  pixels[target + 1] = UInt8(base + table[entry + 1] + 0.5)
                  pixels[target + 2] = UInt8(base + table[entry + 2] + 0.5)
                } else {
                  let shade = Self.hatch(x: x, y: y) ?? UInt8(base + 0.5)
                  pixels[target] = shade
                  pixels[target + 1] = shade
                  pixels[target + 2] = shade
                }
                target += 3
              }
            }
          }
        }
      }
    }
  }

  /// Diagonal lines, white with a black edge, over what is not a number; nil between the lines.
  private static func hatch(x: Int, y: Int) -> UInt8? {
    switch (x + y) % 6 {
    case 0: 255
    case 1: 0
    default: nil
    }
  }
}
